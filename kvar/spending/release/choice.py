"""What to withhold next: for each leak the cheapest of the figures that it was worked out from."""

from collections.abc import Mapping, Sequence

from kvar.core.errors import KvarError
from kvar.spending.release.audit import Leak
from kvar.spending.release.sheet import ALL, WHOLE, Key

MARGIN_COST, WHOLE_COST = 20, 400  # a sum is worth so many cells of its amount


def choose(found: Sequence[Leak], amounts: Mapping[Key, int], source: int | str, shown: set[Key]) -> set[Key]:
    """The figures to withhold of those `shown` by `source`; `release.leak` when a leak needs none of them."""
    chosen: set[Key] = set()
    for leak in found:
        used = {key for where, key in leak.because if where == source and key in shown}
        if not used:
            raise refusal(leak)
        if not used & chosen:
            chosen.add(min(used, key=lambda key: (_cost(key, amounts[key]), key)))
    return chosen


def _cost(key: Key, amount: int) -> int:
    return abs(amount) * (WHOLE_COST if key == WHOLE else MARGIN_COST if ALL in key else 1)


def refusal(leak: Leak) -> KvarError:
    """`release.leak`: what of whom can be worked out, by whom, from which releases."""
    row, column = leak.target.name[1]
    whose, who = ", ".join(leak.target.amounts), leak.attacker or ALL
    sources = ", ".join(sorted({str(source) for source, _ in leak.because}))
    return KvarError("release.leak", row=row, column=column, anchor=whose, attacker=who, releases=sources)
