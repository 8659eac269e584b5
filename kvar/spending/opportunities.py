"""Opportunities of a question, ranked as `kvar.spending.indicators.opportunity` defines; one row a category."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import duckdb

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.capacity import Capacity, local_capacity
from kvar.spending.effects import Amounts
from kvar.spending.facts import connect, currency_of
from kvar.spending.figure import Question
from kvar.spending.indicators.opportunity import FEW
from kvar.spending.influence import (
    NEAR,
    UNKNOWN,
    Influence,
    Slice,
    judge,
    read_slices,
    seen_from_district,
    total,
)
from kvar.spending.markets import Market, market_of
from kvar.spending.routes import Route, Router, kind_of

Why = Literal["nothing_leaves", "unplaced", "fixed", "unclear", "no_market", "no_register", "few_firms"]
_TYPICAL = """
with away as (
    select kind, supplier, anchor, sum(amount)::bigint as amount from judged
    where level in ('region', 'country', 'abroad') and verdict <> 'fixed' group by all having sum(amount) > 0
), piled as (
    select kind, amount, sum(amount) over (partition by kind) as whole,
           sum(amount) over (partition by kind order by amount desc, anchor, supplier) as pile
    from away
)
select k.category, max(p.amount) filter (2 * p.pile >= p.whole)::bigint,
       (select count(distinct supplier) from away a where a.kind = p.kind)
from piled p join kinds k on k.kind = p.kind group by k.category, p.kind
"""


@dataclass(frozen=True, slots=True)
class Buyer:
    """One anchor in one category: minor units in all, what leaves and can be influenced, and the law's answer."""

    anchor: str
    amount: int
    open: int
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One category. `typical`: half of what leaves is bought in amounts a year of at least this from one supplier.

    `ends`: first day free and minor units, of what contracts bind and leaves. `why` None: an opportunity.
    """

    slug: str
    category: str
    market: Market | None
    amounts: Amounts
    open_now: int
    ends: tuple[tuple[date, int], ...]
    buyers: tuple[Buyer, ...]
    typical: int | None
    suppliers_away: int
    capacity: Capacity | None
    large_enough: int | None
    why: Why | None


@dataclass(frozen=True, slots=True)
class Opportunities:
    """All categories ranked, and the whole they are parts of."""

    influence: Influence
    whole: Amounts
    rows: tuple[Opportunity, ...]


def opportunities(
    store: Store, batches: Sequence[BatchRef], question: Question, *, gazetteer: Gazetteer, day: date, routes: Router
) -> Opportunities:
    """Every category of a question's purchases, ranked as above; `spending.*` as in a report."""
    chosen = [b for b in batches if not question.anchors or b.anchor.slug in question.anchors]
    currency = currency_of(chosen, question)
    with connect(store, chosen, question, gazetteer) as link:
        known = judge(link, store, chosen, day)
        slices = seen_from_district(read_slices(link)) if question.district else read_slices(link)
        found = Influence(question, day, currency, tuple(known), slices)
        typical = _typical(link)
    country = gazetteer.get(question.place).country
    capacity = local_capacity(store, gazetteer, question.district or question.place)
    asked = _Asked(country, day, routes, capacity, typical)
    rows = [_one(name, slices, asked) for name, slices in found.categories().items()]
    ranked = sorted(rows, key=lambda row: (row.why is not None, -row.amounts.away_open, -_possible(row.amounts)))
    return Opportunities(found, amounts_of(found.slices), tuple(ranked))


@dataclass(frozen=True, slots=True)
class _Asked:
    country: str
    day: date
    routes: Router
    capacity: Mapping[str, Capacity] | None
    typical: Mapping[str, tuple[int | None, int]]


def amounts_of(slices: Sequence[Slice]) -> Amounts:
    """The slices as amounts for moving; they sum to the same öre."""

    def where(levels: frozenset[str], verdicts: tuple[str, ...], *, inside: bool = True) -> int:
        return total(s for s in slices if (s.level in levels) == inside and s.verdict in verdicts)

    near_or_unknown = NEAR | UNKNOWN
    return Amounts(
        near=total(s for s in slices if s.level in NEAR),
        away_open=where(near_or_unknown, ("now", "later"), inside=False),
        away_unclear=where(near_or_unknown, ("unclear",), inside=False),
        away_fixed=where(near_or_unknown, ("fixed",), inside=False),
        unknown_movable=where(UNKNOWN, ("now", "later", "unclear")),
        unknown_fixed=where(UNKNOWN, ("fixed",)),
    )


def _possible(amounts: Amounts) -> int:
    return amounts.away_open + amounts.away_unclear + amounts.unknown_movable


def _one(category: str, slices: tuple[Slice, ...], asked: _Asked) -> Opportunity:
    market, amounts = market_of(category), amounts_of(slices)
    away = [s for s in slices if s.level not in NEAR | UNKNOWN]
    typical, suppliers = asked.typical.get(category, (None, 0))
    capacity = asked.capacity.get(market.id) if market and asked.capacity else None
    enough = capacity.large_enough(typical, asked.country, asked.day) if capacity and typical else None
    return Opportunity(
        slug_of(category), category, market, amounts, total(s for s in away if s.verdict == "now"), _ends(away),
        _buyers(slices, market, asked), typical, suppliers, capacity, enough, _why(amounts, market, capacity, asked),
    )  # fmt: skip


def _ends(away: Sequence[Slice]) -> tuple[tuple[date, int], ...]:
    found: dict[date, int] = {}
    for item in away:
        if item.verdict == "later" and item.until:
            found[item.until] = found.get(item.until, 0) + item.amount
    return tuple(sorted(found.items()))


def _buyers(slices: Sequence[Slice], market: Market | None, asked: _Asked) -> tuple[Buyer, ...]:
    """The anchors, largest first, each with what the law says of its own purchases of the year (LOU 5:4, 5:11)."""
    found = []
    for anchor in sorted({item.anchor for item in slices}):
        own = [item for item in slices if item.anchor == anchor]
        amount, leaves = total(own), amounts_of(own).away_open
        found.append(
            Buyer(anchor, amount, leaves, tuple(asked.routes(kind_of(market, asked.country), amount, asked.day)))
        )
    return tuple(sorted(found, key=lambda buyer: -buyer.amount))


def _why(amounts: Amounts, market: Market | None, capacity: Capacity | None, asked: _Asked) -> Why | None:
    if amounts.away <= 0 and amounts.unknown <= 0:
        return "nothing_leaves"
    if amounts.away <= 0:
        return "unplaced"
    if amounts.away_open <= 0:
        return "unclear" if amounts.away_unclear > 0 else "fixed"
    if market is None:
        return "no_market"
    if asked.capacity is None or capacity is None:
        return "no_register"
    return "few_firms" if capacity.firms < FEW else None


def _typical(link: duckdb.DuckDBPyConnection) -> dict[str, tuple[int | None, int]]:
    return {category or "-": (amount, suppliers) for category, amount, suppliers in link.execute(_TYPICAL).fetchall()}


def slug_of(category: str) -> str:
    """A category's address: its letters and four signs of its digest."""
    plain = re.sub(r"[^a-z0-9]+", "-", category.lower().translate(str.maketrans("åäöéü", "aaoeu"))).strip("-")
    return f"{plain[:50]}-{hashlib.sha256(category.encode()).hexdigest()[:4]}".lstrip("-")
