"""Legal form as the name states it: `AB` beside `HB` is a conflict, none beside any says nothing."""

from kvar.suppliers.compare.pairs import Compared, Pairs, both, levelled, rarity


def form(pairs: Pairs) -> Compared:
    """Levels `equal` (a rare form says more) and `conflict`."""
    _, _, there, equal = both(pairs, "form")
    rare = rarity(pairs.right.column("form"), pairs.r)
    return levelled("form", pairs, {"equal": equal, "conflict": there & ~equal}, rare)
