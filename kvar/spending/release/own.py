"""The gate on an anchor's own machine: what it may tell the coordinator of itself alone.

Three suppliers behind each figure, none dominating, and nothing that is withheld can be worked out from what is told.
Figures that pass on every machine also pass together: the whole less the two largest is at least the sum of what is
left on each machine, and the largest at most the sum of the largest there.
"""

from collections.abc import Mapping

from kvar.core.errors import KvarError
from kvar.spending.release.attack import Statement
from kvar.spending.release.audit import Leak, Target, Told, audit
from kvar.spending.release.choice import choose
from kvar.spending.release.reading import Sum
from kvar.spending.release.rules import FEWEST_SUPPLIERS, dominates
from kvar.spending.release.sheet import ALL, Key, Part, Sheet, behind


def own_sheet(anchor: str, sums: Mapping[Key, Sum]) -> Sheet:
    """The sheet that may leave the machine; `release.nothing` when no figure may."""
    shown = {key for key, found in sums.items() if not single(found)}
    while found := leaks(anchor, sums, shown):
        shown -= choose(found, {key: one.amount for key, one in sums.items()}, anchor, shown)
    if not shown:
        raise KvarError("release.nothing", row=ALL, column=ALL)
    return Sheet(anchor, {key: _part(found, key in shown) for key, found in sums.items()})


def single(found: Sum) -> bool:
    """Do the rules for single figures withhold it?"""
    return found.suppliers < FEWEST_SUPPLIERS or dominates(found.sizes, found.first, found.second)


def _part(found: Sum, shown: bool) -> Part:
    sign = (found.amount > 0) - (found.amount < 0)
    return Part(found.amount, found.suppliers, sign) if shown else Part(None, 0, sign)


def leaks(anchor: str, sums: Mapping[Key, Sum], shown: set[Key]) -> list[Leak]:
    """What could be worked out of the anchor's withheld figures if `shown` were told."""
    cells = [key for key in sums if ALL not in key]
    atoms = {key: frozenset((anchor, cell) for cell in behind(key, cells)) for key in sums}
    told = [Statement(atoms[key], sums[key].amount, (anchor, key)) for key in sorted(shown)]
    hidden = sorted(set(sums) - shown)
    targets = [Target((anchor, key), atoms[key], {anchor: sums[key].amount}) for key in hidden]
    signs = {(anchor, key): (sums[key].amount > 0) - (sums[key].amount < 0) for key in cells}
    return audit(Told(signs, told, {}), targets)
