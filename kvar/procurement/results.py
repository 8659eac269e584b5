"""Where promises stand: lights, sums and reports of obligations, and what was measured beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from kvar.organisations.models import Organisation
from kvar.organisations.uploads import store
from kvar.places.gazetteer import Gazetteer
from kvar.procurement.indicators import Kept, Light, light, silent
from kvar.procurement.models import Contract, Measurement, Obligation, Report
from kvar.procurement.outcomes import LEVELS, Kind, kind_of, kinds

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """An obligation with its light, its sums, its reports, and whether it is due within SOON or overdue; `silent` is
    the last whole quarter (yyyyq) of which a counted promise has no report.
    """

    obligation: Obligation
    light: Light
    verified: int
    reported: int
    reports: tuple[Report, ...]
    soon: bool
    overdue: bool
    silent: int | None

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
        _silent(item, reports, today) if open_ and item.unit != "check" else None,
    )  # fmt: skip


def _silent(item: Obligation, reports: Iterable[Report], today: date) -> int | None:
    months = [row.period for row in reports if row.state != "refused"]
    return silent(item.contract.starts, item.due, months, today)


def as_kept(item: Obligation, reports: Iterable[Report], label: str) -> Kept:
    """An obligation as the indicators add it up, by some of its reports; of levels the last of each state holds."""
    found = sorted(reports, key=lambda row: row.period)
    level = item.unit in LEVELS
    sums = {
        state: _amount([r.amount for r in found if r.state == state], level) for state in ("verified", "reported")
    }
    contract, kind = item.contract, kind_of(item.kind, item.measure)
    return Kept(
        label, item.unit, item.target, sums["verified"], sums["reported"], len(found), contract.starts, item.due,
        kind.id if kind else "", bool(kind and kind.less) or item.unit == "days", level,
    )  # fmt: skip


def _amount(amounts: list[int], level: bool) -> int:
    return (amounts or [0])[-1] if level else sum(amounts)


def told(rows: QuerySet[Measurement]) -> list[tuple[Measurement, Kind]]:
    """Measurements with their kinds, those that wait to be checked first."""
    found = rows.select_related("contract__supplier", "contract__buyer")
    return [(row, kinds()[row.kind]) for row in sorted(found, key=lambda row: (row.state != "reported", row.at))]


def districts(place: str) -> dict[str, str]:
    """Names of a place's districts by code; empty where none are loaded."""
    known = Gazetteer.load(store().root / "places").places.values()
    return {item.code: item.name for item in known if item.level == "district" and item.parent == place}


def of_supplier(firm: Organisation) -> QuerySet[Contract]:
    """The signed contracts of a firm."""
    return Contract.objects.filter(supplier=firm).select_related("buyer", "award__lot__procurement")


def contracts(place: str) -> QuerySet[Contract]:
    """The signed contracts of a place's anchors."""
    return Contract.objects.filter(buyer__place=place)
