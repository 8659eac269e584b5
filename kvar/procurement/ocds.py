"""A published procurement as an OCDS 1.1.5 release, made of plain values: nothing of bids before the award.

Extensions named: lots 1.1.5, sustainability (goals and strategies as open codelists). The ocid prefix must be asked
for from the Open Contracting Partnership; until then `KVAR_OCID_PREFIX` or `ocds-000000` is used and said to be a
stand-in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    reserved: bool = False
    award: Mapping[str, Any] = field(default_factory=dict)  # supplier: Party, value, date, lot


def release(notice: Notice, prefix: str = STAND_IN) -> dict[str, Any]:
    """One release: `tender`, with `award` once there is one."""
    awarded = bool(notice.award)
    at = notice.award["date"] if awarded else notice.published
    made: dict[str, Any] = {
        "ocid": f"{prefix}-{notice.id}",
        "id": f"{notice.id}-{'award' if awarded else 'tender'}",
        "date": at.isoformat(),
        "tag": ["award"] if awarded else ["tender"],
        "initiationType": "tender",
        "language": "sv",
        "parties": [_party(notice.buyer), *([_party(notice.award["supplier"])] if awarded else [])],
        "buyer": {"id": notice.buyer.id, "name": notice.buyer.name},
        "tender": _tender(notice),
    }
    if awarded:
        made["awards"] = [_award(notice)]
    return made


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
        "status": "complete" if notice.award else "active",
        "procurementMethod": METHODS.get(notice.route, "limited"),
        "procurementMethodDetails": notice.route,
        "mainProcurementCategory": CATEGORIES[notice.kind],
        "value": _value(notice.value, notice.currency),
        "tenderPeriod": {"startDate": notice.published.isoformat(), "endDate": notice.deadline.isoformat()},
        "submissionMethod": ["electronicSubmission"],
        "awardCriteria": "ratedCriteria",
        "awardCriteriaDetails": "; ".join(f"{title} {weight / 100:g} %" for _, title, weight in notice.criteria),
        "items": [item],
        "lots": [_lot(row, notice.currency) for row in notice.lots],
        "hasSustainability": any(kind == "social" for kind, _, _ in notice.criteria),
    }
    strategies = (["awardCriteria"] if made["hasSustainability"] else []) + (
        ["reservedParticipation"] if notice.reserved else []
    )
    if strategies:
        made["sustainability"] = [{"goal": "social.labour", "strategies": strategies}]
    return made


def _lot(row: tuple[int, str, int], currency: str) -> dict[str, Any]:
    number, title, value = row
    made: dict[str, Any] = {"id": str(number), "title": title}
    return made | ({"value": _value(value, currency)} if value else {})


def _award(notice: Notice) -> dict[str, Any]:
    supplier: Party = notice.award["supplier"]
    return {
        "id": f"{notice.id}-{notice.award['lot']}",
        "status": "active",
        "date": notice.award["date"].isoformat(),
        "value": _value(notice.award["value"], notice.currency),
        "suppliers": [{"id": supplier.id, "name": supplier.name}],
        "relatedLots": [str(notice.award["lot"])],
    }


def _value(minor: int, currency: str) -> dict[str, Any]:
    """An amount as OCDS wants it; whole units stay whole, öre become two exact decimals."""
    whole, cents = divmod(minor, 100)
    return {"amount": whole if cents == 0 else float(f"{whole}.{cents:02}"), "currency": currency}
