"""Where promises stand and what came of them: lights, and sums by theme, contract, buyer, district."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from kvar.core.messages import Language, say
from kvar.organisations.uploads import store
from kvar.places.gazetteer import Gazetteer
from kvar.procurement.evaluation.policy import versions
from kvar.procurement.indicators import Kept, Light, Sum, added_up, light
from kvar.procurement.models import Contract, Obligation, Report

SOON = timedelta(days=30)
BY = ("theme", "contract", "buyer", "district")


@dataclass(frozen=True, slots=True)
class Standing:
    """An obligation with its light, its sums, its reports, and whether it is due within SOON or overdue."""

    obligation: Obligation
    light: Light
    verified: int
    reported: int
    reports: tuple[Report, ...]
    soon: bool
    overdue: bool

    @property
    def share(self) -> int:
        """Hundredths of the target that are verified, at most 100."""
        return min(100, 100 * self.verified // self.obligation.target)

    @property
    def waiting(self) -> tuple[Report, ...]:
        """Reports that nobody has checked."""
        return tuple(item for item in self.reports if item.state == "reported")


def standings(obligations: QuerySet[Obligation], today: date) -> list[Standing]:
    """Every obligation as it stands today."""
    rows = obligations.select_related("contract__supplier", "contract__buyer", "contract__award__lot__procurement")
    return [_standing(item, today) for item in rows.prefetch_related("reports")]


def _standing(item: Obligation, today: date) -> Standing:
    reports = tuple(item.reports.all())
    kept = as_kept(item, reports, item.title)
    told = light(kept, today)
    open_ = told != "kept"
    return Standing(
        item, told, kept.verified, kept.reported, reports,
        open_ and today <= item.due <= today + SOON, open_ and item.due < today,
    )  # fmt: skip


def as_kept(item: Obligation, reports: Iterable[Report], label: str) -> Kept:
    """An obligation as the indicators add it up, by some of its reports."""
    found = list(reports)
    sums = {state: sum(r.amount for r in found if r.state == state) for state in ("verified", "reported")}
    contract = item.contract
    return Kept(
        label, item.unit, item.target, sums["verified"], sums["reported"], len(found), contract.starts, item.due
    )


def rolled_up(place: str, by: str, year: int | None, names: Mapping[str, str], lang: Language) -> list[Sum]:
    """Sums of measured promises of a place's anchors by `by` (BY); with a year, what its months brought."""
    rows = Obligation.objects.filter(contract__buyer__place=place).exclude(unit="check")
    rows = rows.select_related("contract__buyer", "contract__award__lot__procurement").prefetch_related("reports")
    return added_up(
        as_kept(item, [r for r in item.reports.all() if year is None or r.period // 100 == year],
                _label(item, by, names, lang))
        for item in rows
        if year is None or item.contract.starts.year <= year <= item.contract.ends.year
    )  # fmt: skip


def years(place: str) -> list[int]:
    """The years that have reports, newest first."""
    found = Report.objects.filter(obligation__contract__buyer__place=place).values_list("period", flat=True)
    return sorted({period // 100 for period in found}, reverse=True)


def hired(place: str, year: int) -> int | None:
    """Persons verified in a year; None when nothing was reported."""
    found = Report.objects.filter(
        obligation__contract__buyer__place=place, obligation__unit="persons",
        period__range=(year * 100 + 1, year * 100 + 12),
    )  # fmt: skip
    states = list(found.values_list("state", "amount"))
    return sum(amount for state, amount in states if state == "verified") if states else None


def districts(place: str) -> dict[str, str]:
    """Names of a place's districts by code; empty where none are loaded."""
    known = Gazetteer.load(store().root / "places").places.values()
    return {item.code: item.name for item in known if item.level == "district" and item.parent == place}


def contracts(place: str) -> QuerySet[Contract]:
    """The signed contracts of a place's anchors."""
    return Contract.objects.filter(buyer__place=place)


def _label(item: Obligation, by: str, names: Mapping[str, str], lang: Language) -> str:
    if by == "theme":
        return theme_title(item, lang)
    if by == "contract":
        return item.contract.award.lot.procurement.title
    if by == "buyer":
        return item.contract.buyer.name
    return names.get(item.district, item.district) or say("follow.no_district", {}, lang)


def theme_title(item: Obligation, lang: Language) -> str:
    """The theme of the policy that the promise was made under, else the kind of term."""
    policy = item.contract.award.lot.procurement.policy
    if item.theme and policy:
        for theme in (theme for version in versions(policy) for theme in version.themes):
            if theme.id == item.theme:
                return theme.title[lang]
    return say(f"follow.kind.{item.kind}", {}, lang)
