"""Country of the number or ledger: another country speaks against."""

from kvar.suppliers.compare.pairs import Compared, Pairs, both, levelled


def country(pairs: Pairs) -> Compared:
    """Levels `equal` and `different`."""
    _, _, there, equal = both(pairs, "country")
    return levelled("country", pairs, {"equal": equal, "different": there & ~equal})
