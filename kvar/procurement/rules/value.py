"""The value of a procurement: everything that may be paid, by the method of LOU chapter 5."""

from dataclasses import dataclass

from kvar.core.errors import KvarError
from kvar.procurement.rules.need import FACTS, Need

OPEN_ENDED_MONTHS = 48  # LOU 5:10 (goods of no fixed term), 5:13 (services of no fixed term or a longer one)
SHORT_LEASE_MONTHS = 12  # LOU 5:10: what is leased for longer is counted with its residual value


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the value: which (`procurement.value.<name>`), minor units, and the paragraph that counts it."""

    name: str
    minor: int
    cite: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """The estimated value in its parts; `own` is without what else of the same kind is bought in the year."""

    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """All parts, minor units."""
        return sum(part.minor for part in self.parts)

    @property
    def own(self) -> int:
        """What this purchase alone comes to, minor units."""
        return sum(part.minor for part in self.parts if part.name != "similar")

    @property
    def main(self) -> int:
        """The price of the term itself, with what leased goods are still worth after it; minor units."""
        return sum(part.minor for part in self.parts if part.name in ("value", "monthly", "residual"))


def estimate(need: Need) -> Estimate:
    """The value with options, extensions and similar purchases; `procurement.need.*` where it cannot be told."""
    _check(need)
    parts = [_main(need)]
    parts += [
        Part(name, amount, cite)
        for name, amount, cite in (
            ("residual", need.residual, "5:10"),
            ("options", need.options, "5:3"),
            ("extensions", need.extensions, "5:3"),
            ("supplied", need.supplied, "5:9"),
            ("similar", need.similar, "5:11"),
        )
        if amount
    ]
    return Estimate(tuple(parts))


def _main(need: Need) -> Part:
    if need.monthly is None:
        return Part("value", need.value, "5:3")
    if need.kind == "goods":
        return Part("monthly", need.monthly * (need.months or OPEN_ENDED_MONTHS), "5:10")
    return Part("monthly", need.monthly * min(need.months or OPEN_ENDED_MONTHS, OPEN_ENDED_MONTHS), "5:13")


def residual_asked(need: Need) -> bool:
    """Are goods leased for a fixed term of more than twelve months without their residual value being given?"""
    leased = need.kind == "goods" and bool(need.monthly) and need.jurisdiction == "SE"
    return leased and (need.months or 0) > SHORT_LEASE_MONTHS and not need.residual


def _check(need: Need) -> None:
    amounts = (
        need.value,
        need.options,
        need.extensions,
        need.similar,
        need.supplied,
        need.monthly or 0,
        need.residual,
    )
    if min(amounts) < 0 or (need.months is not None and need.months <= 0):
        raise KvarError("procurement.need.negative")
    if need.value == 0 and not need.monthly:
        raise KvarError("procurement.need.no_value")
    if need.supplied and need.kind != "works":
        raise KvarError("procurement.need.supplied")
    if unknown := sorted(need.facts - set(FACTS)):
        raise KvarError("procurement.need.fact", fact=", ".join(unknown))
