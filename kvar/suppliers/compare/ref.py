"""The sender's own supplier number: equal within one sender says much, different says little.

References of several senders must be told apart by the caller (`kommunen:10023`).
"""

from kvar.suppliers.compare.pairs import Compared, Pairs, both, levelled, rarity


def ref(pairs: Pairs) -> Compared:
    """Levels `equal` and `different`."""
    there, equal = both(pairs, "ref")
    return levelled("ref", {"equal": equal, "different": there}, rarity(pairs, "ref"))
