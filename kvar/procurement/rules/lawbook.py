"""A jurisdiction's routes and duties as data: `kvar/parameters/procurement/routes/<jurisdiction>.yml`, strictly read.

A route or duty holds when every key of its `when` holds: `regime`, `kind`, `buyer` (one of), `facts` (all of),
`without` (none of), `set` (the CPV code is in one of), `not_set`, `from` and `to` (days, inclusive),
`route` and `not_route` (the way that is taken is one of, or none of). A citation is
`chapter:paragraph` of the act named at the top (`19a:2`), or a text for another act.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from kvar.core.errors import KvarError
from kvar.procurement.rules.need import Jurisdiction

When = Mapping[str, Any]
Kind = Literal["must", "should", "forbidden", "policy", "may"]
KEYS = frozenset(
    {"regime", "kind", "buyer", "facts", "without", "set", "not_set", "from", "to", "route", "not_route"}
)


@dataclass(frozen=True, slots=True)
class Days:
    """A shortest time: `days` (None: a reasonable time), from which event, under which condition."""

    days: int | None
    cite: str
    when: When
    unit: str = "days"  # days or working_days


@dataclass(frozen=True, slots=True)
class Route:
    """A way to buy: texts sv/en, when it is open, paragraphs, shortest times and whether it is verified."""

    id: str
    title: Mapping[str, str]
    how: Mapping[str, str]
    when: When
    cites: tuple[str, ...]
    days: tuple[Days, ...]
    verified: bool
    under: str = ""  # the regime whose rules a purchase by this route follows; empty: that of its value


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """Questions are answered so many days before the last day for bids, else the time is extended."""

    days: int
    cites: tuple[str, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Standstill:
    """No contract before so many days (or working days) have gone since the decision was told."""

    days: int
    unit: str
    cite: str
    when: When
    verified: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that must, should or may be done or is forbidden; `policy` is a buyer's own rule, not law."""

    id: str
    kind: Kind
    text: Mapping[str, str]
    when: When
    cites: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """A regime holds below the dated parameter named for a kind (or for services of annex 2)."""

    regime: str
    cite: str
    parameters: Mapping[str, str]  # goods, services, works, annex2, and <kind>_central


@dataclass(frozen=True, slots=True)
class Lawbook:
    """One version of one jurisdiction's rules."""

    jurisdiction: Jurisdiction
    act: str
    valid_from: date
    source: str
    source_sv: str
    currency: str
    limits: tuple[Limit, ...]  # lowest first; above the last is `last_regime`
    last_regime: str
    routes: tuple[Route, ...]
    duties: tuple[Duty, ...]
    answers: tuple[AnswerTime, ...]  # the general first, exceptions after; a route in none has no such time
    standstill: Standstill


@cache
def lawbook(jurisdiction: Jurisdiction) -> Lawbook:
    """The rules of a jurisdiction; a KeyError or `procurement.rules.key` where the file is not as it should be."""
    path = files("kvar") / "parameters" / "procurement" / "routes" / f"{jurisdiction.lower()}.yml"
    data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return Lawbook(
        jurisdiction,
        data["act"],
        data["valid_from"],
        data["source"],
        data.get("source_sv", data["source"]),
        data["currency"],
        tuple(Limit(row["regime"], row["cite"], row["below"]) for row in data["limits"]),
        data["last_regime"],
        tuple(_route(row) for row in data["routes"]),
        tuple(_duty(row) for row in data["duties"]),
        tuple(AnswerTime(row["days"], tuple(row["cites"]), _when(row, "answers")) for row in data.get("answers", ())),
        _standstill(data["standstill"]),
    )


def _standstill(row: dict[str, Any]) -> Standstill:
    when = _when(row, "standstill")
    return Standstill(row["days"], row["unit"], row["cite"], when, row.get("verified", True))


def _route(row: dict[str, Any]) -> Route:
    days = tuple(
        Days(item["days"], item["cite"], _when(item, row["id"]), item.get("unit", "days"))
        for item in row.get("days", ())
    )
    how = {"sv": row["how_sv"], "en": row["how_en"]}
    title = {"sv": row["sv"], "en": row["en"]}
    return Route(row["id"], title, how, _when(row, row["id"]), tuple(row["cites"]), days, row.get("verified", True),
                 row.get("under", ""))  # fmt: skip


def _duty(row: dict[str, Any]) -> Duty:
    text = {"sv": row["sv"], "en": row["en"]}
    return Duty(row["id"], row["kind"], text, _when(row, row["id"]), tuple(row["cites"]), row.get("verified", True))


def _when(row: dict[str, Any], name: str) -> When:
    when: dict[str, Any] = row.get("when", {})
    if unknown := set(when) - KEYS:
        raise KvarError("procurement.rules.key", rule=name, key=", ".join(sorted(unknown)))
    return when
