"""What came of contracts, added up by kind, theme, contract, buyer and district: promises and measurements."""

from collections.abc import Mapping

from kvar.core.messages import Language, say
from kvar.procurement.evaluation.policy import versions
from kvar.procurement.indicators import Kept, Sum, added_up
from kvar.procurement.models import Contract, Measurement, Obligation, Report
from kvar.procurement.outcomes import kind_of, kinds
from kvar.procurement.results import as_kept

BY = ("kind", "theme", "contract", "buyer", "district")


def _measured(rows: list[Measurement], label: str) -> Kept:
    """The measurements of one kind in one contract; the part and its whole are both of what is verified."""
    checked = [row for row in rows if row.state == "verified"]
    contract, kind = rows[0].contract, kinds()[rows[0].kind]
    return Kept(
        label, kind.unit, 0, sum(row.amount for row in checked),
        sum(row.amount for row in rows if row.state == "reported"), len(rows), contract.starts, contract.ends,
        kind.id, kind.less, of=sum(row.of or 0 for row in checked),
        baseline=sum(row.baseline or 0 for row in checked),
    )  # fmt: skip


def rolled_up(place: str, by: str, year: int | None, names: Mapping[str, str], lang: Language) -> list[Sum]:
    """Sums of promises and measurements of a place's anchors by `by` (BY); with a year, what its months brought."""
    rows = Obligation.objects.filter(contract__buyer__place=place).exclude(unit="check")
    rows = rows.select_related("contract__buyer", "contract__award__lot__procurement").prefetch_related("reports")
    promised = [
        as_kept(item, [r for r in item.reports.all() if year is None or r.period // 100 == year],
                _label(item, by, names, lang))
        for item in rows
        if year is None or item.contract.starts.year <= year <= item.contract.ends.year
    ]  # fmt: skip
    measured = [
        _measured(found, _label_of(found[0], by, names, lang)) for found in measurements(place, year).values()
    ]
    return added_up([*promised, *measured])


def measurements(place: str, year: int | None) -> dict[tuple[object, str], list[Measurement]]:
    """Measurements of a place's anchors by contract and kind, for a year or all."""
    rows = Measurement.objects.filter(contract__buyer__place=place)
    if year is not None:
        rows = rows.filter(period__range=(year * 100 + 1, year * 100 + 12))
    found: dict[tuple[object, str], list[Measurement]] = {}
    for row in rows.select_related("contract__buyer", "contract__award__lot__procurement"):
        found.setdefault((row.contract_id, row.kind), []).append(row)
    return found


def years(place: str) -> list[int]:
    """The years that have reports, newest first."""
    found = {*Report.objects.filter(obligation__contract__buyer__place=place).values_list("period", flat=True),
             *Measurement.objects.filter(contract__buyer__place=place).values_list("period", flat=True)}  # fmt: skip
    return sorted({period // 100 for period in found}, reverse=True)


def persons(place: str, year: int, kind: str = "") -> int | None:
    """Persons verified in a year in promises (of one kind); None when nothing was reported."""
    found = Report.objects.filter(
        obligation__contract__buyer__place=place, obligation__unit="persons",
        period__range=(year * 100 + 1, year * 100 + 12),
    ).select_related("obligation")  # fmt: skip
    rows = [row for row in found if not kind or _is(row.obligation, kind)]
    return sum(row.amount for row in rows if row.state == "verified") if rows else None


def _is(item: Obligation, kind: str) -> bool:
    known = kind_of(item.kind, item.measure)
    return bool(known and known.id == kind)


def _label(item: Obligation, by: str, names: Mapping[str, str], lang: Language) -> str:
    if by == "kind":
        known = kind_of(item.kind, item.measure)
        return known.title[lang] if known else item.titled(lang)
    if by == "theme":
        return theme_title(item, lang)
    return _where(item.contract, item.district, by, names, lang)


def _label_of(item: Measurement, by: str, names: Mapping[str, str], lang: Language) -> str:
    if by == "kind":
        return kinds()[item.kind].title[lang]
    if by == "theme":
        return kinds()[item.kind].theme[lang]
    district = next((row.district for row in item.contract.obligations.all() if row.district), "")
    return _where(item.contract, district, by, names, lang)


def _where(contract: Contract, district: str, by: str, names: Mapping[str, str], lang: Language) -> str:
    if by == "contract":
        return contract.award.lot.procurement.title
    if by == "buyer":
        return contract.buyer.name
    return names.get(district, district) or say("follow.no_district", {}, lang)


def theme_title(item: Obligation, lang: Language) -> str:
    """The theme of the policy that the promise was made under, else the kind of term."""
    policy = item.contract.award.lot.procurement.policy
    if item.theme and policy:
        for theme in (theme for version in versions(policy) for theme in version.themes):
            if theme.id == item.theme:
                return theme.title[lang]
    return say(f"follow.kind.{item.kind}", {}, lang)
