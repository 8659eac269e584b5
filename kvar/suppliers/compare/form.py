"""Legal form as the name states it: `AB` beside `HB` is a conflict, none beside any says nothing."""

from kvar.suppliers.compare.pairs import Compared, Pairs, levelled


def form(pairs: Pairs) -> Compared:
    """Levels `equal` (a rare form says more) and `conflict`."""
    a, b = pairs.left.payees.names.form[pairs.l], pairs.right.payees.names.form[pairs.r]
    there = (a > 0) & (b > 0)
    return levelled("form", {"equal": there & (a == b), "conflict": there}, pairs.values["form"].bits[b])
