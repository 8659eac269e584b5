"""Country of the number or ledger: another country speaks against."""

from kvar.suppliers.compare.pairs import Compared, Pairs, both, levelled


def country(pairs: Pairs) -> Compared:
    """Levels `equal` and `different`."""
    there, equal = both(pairs, "country")
    return levelled("country", {"equal": equal, "different": there})
