"""Which way? From a need to its regime, open and closed routes, shortest times, duties and warnings, with their law.

Where a limit is not verified and the value lies within MARGIN of it, the regime cannot be decided and says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kvar.core.dated import Dated, value_at
from kvar.core.errors import KvarError
from kvar.procurement.rules.cpv import CodeSet, in_set
from kvar.procurement.rules.lawbook import AnswerTime, Days, Duty, Lawbook, Limit, Route, Standstill, When, lawbook
from kvar.procurement.rules.need import Need
from kvar.procurement.rules.value import Estimate, estimate, residual_asked

MARGIN = 10  # per cent


@dataclass(frozen=True, slots=True)
class Measured:
    """A limit as it was on the day: the regime it closes, its dated value, and its paragraph."""

    regime: str
    limit: Dated
    cite: str


@dataclass(frozen=True, slots=True)
class Open:
    """A route that is open, with the shortest time that applies (None: none stated for it)."""

    route: Route
    days: Days | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A route that is closed, and the condition (a key of `when`) that closes it."""

    route: Route
    because: str


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at before going on: a code in `procurement.warning.*`, values and paragraphs."""

    code: str
    values: dict[str, object]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the law says of a need: `regime` by its value; `follows`, duties, answers, standstill by the way taken."""

    need: Need
    book: Lawbook
    value: Estimate
    regime: str
    follows: str
    undecided: bool
    limits: tuple[Measured, ...]
    open: tuple[Open, ...]
    closed: tuple[Closed, ...]
    duties: tuple[Duty, ...]
    answers: AnswerTime | None
    standstill: Standstill | None
    warnings: tuple[Warned, ...]


def answer(need: Need, way: str = "") -> Answer:
    """The answer, its duties for the route `way` where one is taken.

    `procurement.rules.too_early` before the rules' first day, `core.parameter.no_value` for limits.
    """
    book = lawbook(need.jurisdiction)
    if need.day < book.valid_from:
        raise KvarError("procurement.rules.too_early", day=need.day.isoformat(), first=book.valid_from.isoformat())
    value = estimate(need)
    limits = tuple(_measured(limit, need) for limit in book.limits)
    regime = _regime(value.total, limits, book, need)
    follows = under(book, way, regime)
    found = [(route, _failing(route.when, need, regime)) for route in book.routes]
    return Answer(
        need,
        book,
        value,
        regime,
        follows,
        _undecided(value.total, limits),
        limits,
        tuple(Open(route, _shortest(route, need, regime)) for route, failing in found if failing is None),
        tuple(Closed(route, failing) for route, failing in found if failing is not None),
        tuple(duty for duty in book.duties if _failing(duty.when, need, follows, way) is None),
        next((time for time in reversed(book.answers) if _failing(time.when, need, follows, way) is None), None),
        book.standstill if _failing(book.standstill.when, need, follows, way) is None else None,
        tuple(_warnings(need, value, limits)),
    )


def under(book: Lawbook, way: str, regime: str) -> str:
    """The regime whose rules hold: that of the route taken (an urgent direct procurement follows 19 a alone, LOU 19:1
    st. 3; who advertises what could be bought directly follows 19), else that of the value.
    """
    return next((route.under for route in book.routes if route.id == way), "") or regime


def _measured(limit: Limit, need: Need) -> Measured:
    annex = need.kind == "services" and in_set(need.cpv, "annex2") and "annex2" in limit.parameters
    central = f"{need.kind}_central" if need.buyer == "central" else ""
    key = "annex2" if annex else central if central in limit.parameters else need.kind
    return Measured(limit.regime, value_at(limit.parameters[key], need.day), limit.cite)


def _regime(total: int, limits: tuple[Measured, ...], book: Lawbook, need: Need) -> str:
    """The first regime whose limit the value stays below; annex 2 never leaves the national one (LOU 19:1)."""
    for item in limits:
        if total < 100 * item.limit.value:
            return item.regime
    annex = book.jurisdiction == "SE" and need.kind == "services" and in_set(need.cpv, "annex2")
    return limits[-1].regime if annex else book.last_regime


def _undecided(total: int, limits: tuple[Measured, ...]) -> bool:
    """Does the value lie so near a limit nobody has verified that the regime may be the other?"""
    return any(
        not item.limit.verified and abs(total - 100 * item.limit.value) * 100 <= MARGIN * 100 * item.limit.value
        for item in limits
    )


def _shortest(route: Route, need: Need, regime: str) -> Days | None:
    """The last of a route's times whose conditions hold: the file has the general first, exceptions after."""
    holding = [item for item in route.days if _failing(item.when, need, regime) is None]
    return holding[-1] if holding else None


def _failing(when: When, need: Need, regime: str, way: str = "") -> str | None:
    """The first key of `when` that does not hold, None when all do."""
    tests: dict[str, Callable[[Any], bool]] = {
        "regime": lambda names: regime in names,
        "kind": lambda names: need.kind in names,
        "buyer": lambda names: need.buyer in names,
        "facts": lambda names: set(names) <= need.facts,
        "without": lambda names: not set(names) & need.facts,
        "set": lambda names: _in_any(need, names),
        "not_set": lambda names: not _in_any(need, names),
        "from": lambda day: need.day >= day,
        "to": lambda day: need.day <= day,
        "route": lambda names: way in names,
        "not_route": lambda names: way not in names,
    }
    return next((key for key, wanted in when.items() if not tests[key](wanted)), None)


def _in_any(need: Need, names: list[CodeSet]) -> bool:
    return need.kind == "services" and any(in_set(need.cpv, name) for name in names)


def _warnings(need: Need, value: Estimate, limits: tuple[Measured, ...]) -> list[Warned]:
    found: list[Warned] = []
    for item in limits:
        limit = 100 * item.limit.value
        values: dict[str, Any] = {"limit": item.limit.value, "regime": item.regime, "total": value.total // 100}
        if value.own < limit <= value.total and need.jurisdiction == "SE":
            found.append(Warned("splitting", values, ("5:7", "5:7a", "5:11")))
        elif value.total < limit and (limit - value.total) * 100 < MARGIN * limit:
            found.append(Warned("near_limit", values, (item.cite,)))
        if not item.limit.verified:
            found.append(Warned("unverified_limit", values | {"source": item.limit}, (item.cite,)))
    if residual_asked(need):
        found.append(Warned("residual", {}, ("5:10",)))
    if need.cpv is None:
        found.append(Warned("no_cpv", {}, ("4:19",) if need.jurisdiction == "SE" else ()))
    return found


def told_once(warnings: Sequence[Warned]) -> list[Warned]:
    """Warnings that say the same of two limits, said once with both paragraphs."""
    found: dict[tuple[str, str], Warned] = {}
    for one in warnings:
        key = (one.code, str(one.values.get("limit")))
        cites = (*found[key].cites, *one.cites) if key in found else one.cites
        found[key] = Warned(one.code, one.values, cites)
    return list(found.values())


def last_day(route: Open, published: date) -> date | None:
    """The first day on which bids may be due when the notice was sent on `published`; None without a fixed time.

    The day of sending is not counted: `minst 35 dagar från den dag då annonsen skickades` (LOU 11:2).
    """
    if route.days is None or route.days.days is None:
        return None
    return date.fromordinal(published.toordinal() + route.days.days)
