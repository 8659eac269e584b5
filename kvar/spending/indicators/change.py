"""Change explained: why what stayed in one period differs from what stayed in another, to the minor unit.

Money known to be local is L = B · r · q: purchases, the part of them that could be placed, and the local part of
that. Between two periods, for each anchor that is in both, by midpoints (no order of steps decides the answer):
  share    what other choices of suppliers did: (q_b − q_a) · the middle of r · the middle of purchases
  quality  what knowing more places did:        (r_b − r_a) · the middle of q · the middle of purchases
  volume   what buying more or less did:        (B_b − B_a) · the middle of r · q
An anchor in one period only is `panel`; a part measured by another definition than the first period's is
`definition`. The five sum to L_b − L_a exactly: share and quality are rounded half to even, volume is the rest.
Skipped nowhere: an anchor whose purchases net to zero or less in a period is counted as not in it.
Source: midpoint decomposition (domain research B1), checked on Preston 2012/13 and 2016/17.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction

INDICATOR = "change"
VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class State:
    """One anchor in one period, minor units: purchases, those that could be placed, those known to be local."""

    base: int
    placed: int
    local: int

    @property
    def measured(self) -> bool:
        """Can shares be taken of it?"""
        return self.base > 0 and self.placed > 0 and 0 <= self.local <= self.placed


@dataclass(frozen=True, slots=True)
class Effects:
    """Minor units; their sum is the whole change."""

    share: int = 0
    volume: int = 0
    panel: int = 0
    definition: int = 0
    quality: int = 0

    @property
    def total(self) -> int:
        """L_b − L_a."""
        return sum(self.parts.values())

    @property
    def parts(self) -> dict[str, int]:
        """Each effect by its name, in the order they are told."""
        return {item.name: getattr(self, item.name) for item in fields(self)}

    def __add__(self, other: "Effects") -> "Effects":
        return Effects(*(one + two for one, two in zip(self.parts.values(), other.parts.values(), strict=True)))


Period = Mapping[str, State]  # anchor -> its state


def explain(before: Period, after: Period, *, after_as_before: Period | None = None) -> Effects:
    """The effects between two periods; `after_as_before` is `after` measured by the definition used for `before`."""
    return sum(by_anchor(before, after, after_as_before=after_as_before).values(), Effects())


def by_anchor(before: Period, after: Period, *, after_as_before: Period | None = None) -> dict[str, Effects]:
    """The effects of each anchor in either period, in order of name."""
    compared = after if after_as_before is None else after_as_before
    names = sorted({*before, *after, *compared})
    return {
        name: _of(before.get(name), compared.get(name))
        + Effects(definition=_local(after.get(name)) - _local(compared.get(name)))
        for name in names
    }


def _of(one: State | None, other: State | None) -> Effects:
    if one is None or other is None or not (one.measured and other.measured):
        return Effects(panel=_local(other) - _local(one))
    base, r, q = _middle(one.base, other.base), (_r(one), _r(other)), (_q(one), _q(other))
    share = round((q[1] - q[0]) * _middle(*r) * base)
    quality = round((r[1] - r[0]) * _middle(*q) * base)
    return Effects(share=share, quality=quality, volume=other.local - one.local - share - quality)


def _local(state: State | None) -> int:
    return state.local if state else 0


def _r(state: State) -> Fraction:
    return Fraction(state.placed, state.base)


def _q(state: State) -> Fraction:
    return Fraction(state.local, state.placed)


def _middle(one: Fraction | int, other: Fraction | int) -> Fraction:
    return Fraction(one + other) / 2
