"""A published procurement as an OCDS 1.1.5 release, made of plain values: nothing of bids before the award.

Extensions named: lots 1.1.5, sustainability (goals and strategies as open codelists). The ocid prefix must be asked
for from the Open Contracting Partnership; until then `KVAR_OCID_PREFIX` or `ocds-000000` is used and said to be a
stand-in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

EXTENSIONS = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json",
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_sustainability_extension/master/extension.json",
)
STAND_IN = "ocds-000000"
METHODS = {
    "direct": "direct", "framework": "limited", "internal": "direct", "cooperation": "direct", "open": "open",
    "advertised": "open", "restricted": "selective", "negotiated": "selective", "dialogue": "selective",
}  # fmt: skip
CATEGORIES = {"goods": "goods", "services": "services", "works": "works"}


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation: id in its register (`SE-ON-…`) or a local one, name and roles."""

    id: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a release is made from; amounts in minor units without VAT, times with zone."""

    id: str
    title: str
    description: str
    buyer: Party
    kind: str
    cpv: str
    cpv_name: str
    route: str
    value: int
    currency: str
    published: datetime
    deadline: datetime
    lots: Sequence[tuple[int, str, int]]
    criteria: Sequence[tuple[str, str, int]]  # kind, title, hundredths of a per cent
    goals: Sequence[tuple[str, str]] = ()  # sustainability goal, strategy
    awards: Sequence[Mapping[str, Any]] = ()  # supplier: Party, value, date, lot
    moved: Sequence[tuple[datetime, datetime, datetime]] = ()  # when the deadline was moved, from, to
    cancelled: datetime | None = None  # when
    language: str = "sv"  # of the texts
    judged: str = ""  # how the model counts


def release(notice: Notice, prefix: str = STAND_IN) -> dict[str, Any]:
    """One release: `tender`, with `award` once there is one; its id is its own, another for each time it changes."""
    tag, end, at = _stage(notice)
    made: dict[str, Any] = {
        "ocid": f"{prefix}-{notice.id}",
        "id": f"{notice.id}-{end}",
        "date": at.isoformat(),
        "tag": [tag],
        "initiationType": "tender",
        "language": notice.language,
        "parties": [_party(party) for party in (notice.buyer, *_suppliers(notice))],
        "buyer": {"id": notice.buyer.id, "name": notice.buyer.name},
        "tender": _tender(notice),
    }
    if notice.awards:
        made["awards"] = [_award(notice, award) for award in notice.awards]
    return made


def _stage(notice: Notice) -> tuple[str, str, datetime]:
    """A code of the releaseTag codelist, the end of the release's id, and when what it says last changed."""
    if notice.cancelled:
        return "tenderCancellation", "cancelled", notice.cancelled
    if notice.awards:
        return "award", "award", max(award["date"] for award in notice.awards)
    if notice.moved:
        return "tenderAmendment", _tender_end(len(notice.moved)), max(at for at, _, _ in notice.moved)
    return "tender", _tender_end(0), notice.published


def _tender_end(moved: int) -> str:
    """`tender`, and after the deadline was moved so many times `tender-2`, `tender-3`."""
    return f"tender-{moved + 1}" if moved else "tender"


def _status(notice: Notice) -> str:
    """A code of the tenderStatus codelist."""
    if notice.cancelled:
        return "cancelled"
    return "complete" if notice.awards else "active"


def _suppliers(notice: Notice) -> list[Party]:
    """Every supplier awarded to, once."""
    return list({award["supplier"].id: award["supplier"] for award in notice.awards}.values())


def package(releases: Sequence[Mapping[str, Any]], *, uri: str, publisher: str, at: datetime) -> dict[str, Any]:
    """A release package."""
    return {
        "uri": uri,
        "version": "1.1",
        "extensions": list(EXTENSIONS),
        "publishedDate": at.isoformat(),
        "publisher": {"name": publisher},
        "releases": list(releases),
    }


def _party(party: Party) -> dict[str, Any]:
    return {"id": party.id, "name": party.name, "roles": list(party.roles)}


def _tender(notice: Notice) -> dict[str, Any]:
    item: dict[str, Any] = {"id": "1", "description": notice.cpv_name or notice.title}
    if notice.cpv:
        item["classification"] = {"scheme": "CPV", "id": notice.cpv, "description": notice.cpv_name}
    made = {
        "id": notice.id,
        "title": notice.title,
        "description": notice.description,
        "status": _status(notice),
        "procurementMethod": METHODS.get(notice.route, "limited"),
        "procurementMethodDetails": notice.route,
        "mainProcurementCategory": CATEGORIES[notice.kind],
        "value": _value(notice.value, notice.currency),
        "tenderPeriod": {"startDate": notice.published.isoformat(), "endDate": notice.deadline.isoformat()},
        "submissionMethod": ["electronicSubmission"],
        "awardCriteria": "ratedCriteria",
        "awardCriteriaDetails": _details(notice),
        "items": [item],
        "lots": [_lot(row, notice.currency) for row in notice.lots],
        "hasSustainability": bool(notice.goals),
    }
    if notice.goals:
        made["sustainability"] = _sustainability(notice.goals)
    if notice.moved:
        made["amendments"] = [_amendment(notice.id, n, row) for n, row in enumerate(notice.moved, 1)]
    return made


def _details(notice: Notice) -> str:
    """Each criterion with its weight (a price that divides the points has none), then how the model counts."""
    weights = (f"{title} {weight / 100:g} %" if weight else title for _, title, weight in notice.criteria)
    return ". ".join(text for text in ("; ".join(weights), notice.judged) if text)


def _sustainability(goals: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Each goal once, with the strategies that pursue it."""
    found: dict[str, list[str]] = {}
    for goal, strategy in goals:
        strategies = found.setdefault(goal, [])
        strategies += [strategy] if strategy not in strategies else []
    return [{"goal": goal, "strategies": strategies} for goal, strategies in found.items()]


def _amendment(of: str, number: int, row: tuple[datetime, datetime, datetime]) -> dict[str, Any]:
    """A moved deadline, with the release it changed and the one that told it."""
    at, old, new = row
    text = f"tenderPeriod.endDate: {old.isoformat()} -> {new.isoformat()}"
    ids = {"amendsReleaseID": f"{of}-{_tender_end(number - 1)}", "releaseID": f"{of}-{_tender_end(number)}"}
    return {"id": str(number), "date": at.isoformat(), "description": text} | ids


def _lot(row: tuple[int, str, int], currency: str) -> dict[str, Any]:
    number, title, value = row
    made: dict[str, Any] = {"id": str(number), "title": title}
    return made | ({"value": _value(value, currency)} if value else {})


def _award(notice: Notice, award: Mapping[str, Any]) -> dict[str, Any]:
    supplier: Party = award["supplier"]
    return {
        "id": f"{notice.id}-{award['lot']}",
        "status": "active",
        "date": award["date"].isoformat(),
        "value": _value(award["value"], notice.currency),
        "suppliers": [{"id": supplier.id, "name": supplier.name}],
        "relatedLots": [str(award["lot"])],
    }


def _value(minor: int, currency: str) -> dict[str, Any]:
    """An amount as OCDS wants it; whole units stay whole, öre become two exact decimals."""
    whole, cents = divmod(minor, 100)
    return {"amount": whole if cents == 0 else float(f"{whole}.{cents:02}"), "currency": currency}
