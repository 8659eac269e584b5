"""How few suppliers each kind of purchase has, and how much suppliers depend on one anchor; for everyone to see.

HHI and dependency as `kvar.spending.indicators.concentration` defines them. A kind is told from LEAST a year.
Persons, and who cannot be told from one, are never named nor placed among dependents; a kind whose largest supplier
is one, or that has fewer than FEWEST suppliers with one among them, has its HHI withheld. Dependency counts firms
that got at least LEAST, and looks at all anchors of the place: what a firm sells to others is not known. Seen from a
district, only its firms depend; a market is not a district's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import duckdb

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.facts import connect, currency_of
from kvar.spending.figure import Question
from kvar.spending.indicators.concentration import dependency, hhi
from kvar.spending.worth_a_look import LEAST, MOST_HHI, MUCH

FEWEST, LONGEST = 3, 6
Name = Literal["one", "most", "half", "spread"]
BANDS: tuple[Name, ...] = ("one", "most", "half", "spread")  # all from one anchor; 80 % or more; half or more; less
_SOLD = """
select k.category, p.supplier, not s.named as person, sum(p.amount)::bigint as amount
from purchases p join kinds k on k.kind = p.kind join near s on s.supplier = p.supplier
join anchors a on a.anchor = p.anchor where $all or list_contains($chosen, a.slug)
group by all
"""
_PAID = """
select s.slug, case when s.named then s.name end, a.slug, sum(y.amount)::bigint as amount
from yearly y join near s on s.supplier = y.supplier join anchors a on a.anchor = y.anchor
where not s.is_person and ($whole or s.level = 'district') group by all having sum(y.amount) > 0
"""


@dataclass(frozen=True, slots=True)
class Market:
    """One kind: minor units net, suppliers with net purchases, HHI (0–10,000) and the largest's part of theirs.

    HHI and part are None where withheld.
    """

    kind: str
    amount: int
    suppliers: int
    hhi: Fraction | None
    largest: Fraction | None

    @property
    def few(self) -> bool:
        """Is most of it with few suppliers?"""
        return self.hhi is not None and self.hhi > MOST_HHI


@dataclass(frozen=True, slots=True)
class Band:
    """Firms by what part of the anchors' money comes from the anchor that pays most; minor units."""

    name: Name
    suppliers: int
    amount: int


@dataclass(frozen=True, slots=True)
class Dependent:
    """A firm that several anchors pay, and that has at least MUCH from one of them; minor units from all."""

    slug: str
    name: str
    anchor: str
    part: Fraction
    amount: int


@dataclass(frozen=True, slots=True)
class Concentrated:
    """Markets by sum; `small` is what is bought in kinds below LEAST; bands in the order of BANDS."""

    currency: str
    base: int
    small: int
    markets: tuple[Market, ...]
    bands: tuple[Band, ...]
    dependents: tuple[Dependent, ...]

    @property
    def few(self) -> tuple[Market, ...]:
        """The kinds where few suppliers have most."""
        return tuple(market for market in self.markets if market.few)


def concentrated(
    store: Store, batches: Sequence[BatchRef], question: Question, *, gazetteer: Gazetteer
) -> Concentrated:
    """Markets of the chosen anchors, and firms that depend on one of them; `spending.*` as in a report."""
    everyone = Question(question.place, question.first, question.last, district=question.district)
    with connect(store, batches, everyone, gazetteer) as link:
        asked = {"all": not question.anchors, "chosen": list(question.anchors)}
        sold = link.execute(_SOLD, asked).fetchall()
        paid = _paid(link, question)
    kinds: dict[str, list[tuple[int, bool]]] = {}
    for kind, _, person, amount in sold:
        kinds.setdefault(kind or "-", []).append((amount, person))
    every = sorted((_market(kind, rows) for kind, rows in kinds.items()), key=lambda one: (-one.amount, one.kind))
    base = sum(one.amount for one in every)
    kept = tuple(one for one in every if one.amount >= LEAST)
    return Concentrated(
        currency_of(batches, everyone),
        base,
        base - sum(one.amount for one in kept),
        kept,
        _bands(paid),
        _dependents(paid),
    )


Paid = Mapping[tuple[str, str | None], Mapping[str, int]]  # address and public name -> anchor -> minor units


def _paid(link: duckdb.DuckDBPyConnection, question: Question) -> Paid:
    found: dict[tuple[str, str | None], dict[str, int]] = {}
    for slug, name, anchor, amount in link.execute(_PAID, {"whole": question.district is None}).fetchall():
        found.setdefault((slug, name), {})[anchor] = amount
    chosen = set(question.anchors)
    return {
        who: by for who, by in found.items()
        if sum(by.values()) >= LEAST and (not chosen or max(by, key=lambda anchor: (by[anchor], anchor)) in chosen)
    }  # fmt: skip


def _market(kind: str, rows: Sequence[tuple[int, bool]]) -> Market:
    amounts = [amount for amount, _ in rows]
    paid = [row for row in rows if row[0] > 0]
    most, person = max(paid, default=(0, True))
    if person or (len(paid) < FEWEST and any(one for _, one in paid)):
        return Market(kind, sum(amounts), len(paid), None, None)
    return Market(kind, sum(amounts), len(paid), hhi(amounts), Fraction(most, sum(amount for amount, _ in paid)))


def _band(by_anchor: Mapping[str, int]) -> Name:
    part = dependency(list(by_anchor.values())) or Fraction(1)
    if len(by_anchor) == 1:
        return "one"
    return "most" if part >= MUCH else "half" if part >= Fraction(1, 2) else "spread"


def _bands(paid: Paid) -> tuple[Band, ...]:
    sums: dict[Name, list[int]] = {name: [] for name in BANDS}
    for by_anchor in paid.values():
        sums[_band(by_anchor)].append(sum(by_anchor.values()))
    return tuple(Band(name, len(amounts), sum(amounts)) for name, amounts in sums.items())


def _dependents(paid: Paid) -> tuple[Dependent, ...]:
    found = [
        Dependent(slug, name, max(by, key=lambda anchor: (by[anchor], anchor)), part, sum(by.values()))
        for (slug, name), by in paid.items()
        if name and _band(by) == "most" and (part := dependency(list(by.values()))) is not None
    ]
    return tuple(sorted(found, key=lambda one: (-one.amount, one.slug))[:LONGEST])
