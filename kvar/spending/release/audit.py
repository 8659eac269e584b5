"""The audit: which protected sums can somebody place too near, given everything that is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kvar.spending.release.attack import Atom, Attacker, Interval, Source, Statement
from kvar.spending.release.rules import needed

_NEAR = 1e-6  # of an amount: what the solver's floats may be wrong by


@dataclass(frozen=True, slots=True)
class Target:
    """A protected sum of some parts; `amounts` are the anchors' own in it, minor units."""

    name: Source
    atoms: frozenset[Atom]
    amounts: Mapping[str, int]

    @property
    def amount(self) -> int:
        """Of all anchors in it."""
        return sum(self.amounts.values())

    def without(self, anchor: str) -> "Target":
        """What an anchor does not know of the sum: the others' parts."""
        atoms = frozenset(atom for atom in self.atoms if atom[0] != anchor)
        return Target(self.name, atoms, {slug: part for slug, part in self.amounts.items() if slug != anchor})


@dataclass(frozen=True, slots=True)
class Leak:
    """A protected sum that `attacker` (an anchor; None: anybody) places within `interval`, too near what it is."""

    target: Target
    attacker: str | None
    interval: Interval
    too_low: bool
    too_high: bool

    @property
    def because(self) -> tuple[Source, ...]:
        """The sources of the statements that give it away."""
        return (self.interval.because_low if self.too_low else ()) + (
            self.interval.because_high if self.too_high else ()
        )


@dataclass(frozen=True, slots=True)
class Told:
    """All that is told (`public`), what each anchor knows of its own beside it, and the sign of every part."""

    signs: Mapping[Atom, int]
    public: Sequence[Statement]
    own: Mapping[str, Sequence[Statement]]


def audit(told: Told, targets: Sequence[Target]) -> list[Leak]:
    """Every leak to anybody, then those to an anchor. One anchor's part is asked of the other anchors alone.

    They know all that the public does and more, so what is safe from them is safe from the public.
    """
    wanted = [target for target in targets if target.amount]
    insiders = len(told.own) > 1
    leaks = _leaks(told.signs, told.public, [t for t in wanted if len(t.amounts) > 1 or not insiders], None)
    names = {leak.target.name for leak in leaks}
    for anchor, own in told.own.items():
        others = [target.without(anchor) for target in wanted if target.name not in names]
        others = [target for target in others if target.amount]
        leaks += _leaks(told.signs, [*told.public, *own], others, anchor)
    return leaks


def _leaks(
    signs: Mapping[Atom, int], statements: Sequence[Statement], targets: Sequence[Target], attacker: str | None
) -> list[Leak]:
    """A solution found for one target clears every other whose amount it is far enough from."""
    if not targets or not statements:
        return []
    solver = Attacker(signs, statements)
    sums = solver.rows([target.atoms for target in targets])
    amounts = np.array([target.amount for target in targets], float)
    margin = np.array([needed(target.amount) for target in targets]) - _NEAR * np.abs(amounts) - 1e-3
    low, high, leaks = amounts.copy(), amounts.copy(), []
    for n, target in enumerate(targets):
        if low[n] <= amounts[n] - margin[n] and high[n] >= amounts[n] + margin[n]:
            continue
        found = solver.interval(target.atoms)
        for point in solver.points:
            low, high = np.minimum(low, sums @ point), np.maximum(high, sums @ point)
        too_low, too_high = found.low > amounts[n] - margin[n], found.high < amounts[n] + margin[n]
        if too_low or too_high:
            leaks.append(Leak(target, attacker, found, too_low, too_high))
    return leaks
