"""What is worth a look in one anchor's purchases of a period, each with its evidence. Never an accusation.

Concentration and dependency for all; S1–S3 and invoices without a contract only where the anchor has loaded a
contract register: else it cannot be told what was advertised. Purchases under an advertised contract are never looked
at; those under a contract that does not say are left out and counted. Limits in kronor hold for Sweden only, and for
kinds of market whose place in annex 2 is certain.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

import duckdb

from kvar.core.dated import Dated, value_at
from kvar.core.errors import KvarError
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.contract_cover import Cover, account_codes, covers
from kvar.spending.contracts import register_of
from kvar.spending.facts import connect
from kvar.spending.figure import Question
from kvar.spending.indicators.concentration import Purchase, Sign, bunching, cumulative, dependency, hhi, sequences
from kvar.spending.influence import judge
from kvar.spending.invoices import Invoice, invoices
from kvar.spending.markets import market_of

Test = Literal["S1", "S2", "S3", "concentration", "dependency", "no_contract"]
MOST_HHI, MUCH, CHANCE = 2500, Fraction(4, 5), 0.05
LEAST = 10_000_000  # minor units, 100,000 (LOU 19 a kap. 11 §): smaller sums are not shown
Names = Mapping[int, tuple[str, str]]  # supplier -> name and address; persons are not there
Bound = Mapping[tuple[int, str], list[Cover]]


@dataclass(frozen=True, slots=True)
class Look:
    """One thing worth a look: minor units, number of purchases, what was measured and against which limit."""

    id: str
    test: Test
    category: str | None
    supplier: str | None
    slug: str | None
    amount: int
    n: int
    value: float | None = None
    limit: Dated | None = None


@dataclass(slots=True)
class WorthALook:
    """The looks, largest first; how many purchases were not assessed, by reason; and what no contract covers."""

    currency: str
    with_register: bool
    looks: list[Look] = field(default_factory=list)
    not_assessed: dict[str, int] = field(default_factory=dict)

    @property
    def without_contract(self) -> int:
        """Minor units shown as bought without a contract in the register."""
        return sum(look.amount for look in self.looks if look.test == "no_contract")

    def leave_out(self, why: str) -> None:
        """Count a purchase that cannot be assessed."""
        self.not_assessed[why] = self.not_assessed.get(why, 0) + 1


def worth_a_look(
    store: Store, batches: Sequence[BatchRef], question: Question, *, gazetteer: Gazetteer, day: date
) -> WorthALook:
    """For the one anchor of `question.anchors`; `spending.no_batches` when it has no ledger."""
    (anchor,) = question.anchors
    own = [batch for batch in batches if batch.anchor.slug == anchor]
    if not own:
        raise KvarError("spending.no_batches")
    register = register_of(store, anchor)
    found = WorthALook(own[0].currency, register is not None)
    same = [batch for batch in batches if batch.currency == found.currency]
    everyone = Question(question.place, question.first, question.last)
    with connect(store, same, everyone, gazetteer) as link:
        judge(link, store, same, day)
        names = _names(link)
        bought = _bought(link, anchor)
        found.looks += [*_concentrated(anchor, bought), *_dependent(link, anchor, names)]
        bound: dict[tuple[int, str], list[Cover]] = {}
        if register is not None:
            kinds = dict(link.execute("select kind, category from kinds").fetchall())
            for item in covers(link, {anchor: register}, account_codes(own), day):
                bound.setdefault((item.supplier, kinds[item.kind] or ""), []).append(item)
    if register is not None:
        papers = [i for i in invoices(store, own, question.first, question.last) if (i[0], i[1]) in bought]
        found.looks += [
            *_without(anchor, papers, bound, names),
            *_signs(anchor, own, papers, bound, names, found, day),
        ]
    found.looks.sort(key=lambda look: (-look.amount, look.id))
    return found


def _names(link: duckdb.DuckDBPyConnection) -> Names:
    rows = link.execute("select supplier, name, slug from near where not is_person").fetchall()
    return {supplier: (name or "..", slug) for supplier, name, slug in rows}


def _bought(link: duckdb.DuckDBPyConnection, anchor: str) -> dict[tuple[int, str], int]:
    rows = link.execute(
        "select g.supplier, coalesce(k.category, ''), sum(g.amount)::bigint from groups g "
        "join kinds k on k.kind = g.kind where g.anchor = ? group by all",
        [anchor],
    ).fetchall()
    return {(supplier, category): amount for supplier, category, amount in rows}


def _concentrated(anchor: str, bought: Mapping[tuple[int, str], int]) -> Iterator[Look]:
    by_kind: dict[str, list[int]] = {}
    for (_, category), amount in bought.items():
        by_kind.setdefault(category, []).append(amount)
    for category, amounts in by_kind.items():
        value, whole = hhi(amounts), sum(amounts)
        if value is not None and value > MOST_HHI and whole >= LEAST:
            yield _look("concentration", anchor, category, None, None, whole, len(amounts), float(value))


def _dependent(link: duckdb.DuckDBPyConnection, anchor: str, names: Names) -> Iterator[Look]:
    rows = link.execute("select supplier, anchor, sum(amount)::bigint from groups group by all").fetchall()
    paid: dict[int, dict[str, int]] = {}
    for supplier, who, amount in rows:
        paid.setdefault(supplier, {})[who] = amount
    for supplier, by_anchor in paid.items():
        part, own = dependency(list(by_anchor.values())), by_anchor.get(anchor, 0)
        most = own == max(by_anchor.values()) and len(by_anchor) > 1
        if supplier in names and part is not None and part >= MUCH and most and own >= 10 * LEAST:
            yield _look("dependency", anchor, None, supplier, names, own, len(by_anchor), float(part))


def _without(anchor: str, papers: Sequence[Invoice], bound: Bound, names: Names) -> Iterator[Look]:
    sums: dict[tuple[int, str], list[int]] = {}
    for supplier, category, _, amount in papers:
        if supplier in names and (supplier, category) not in bound:
            sums.setdefault((supplier, category), []).append(amount)
    for (supplier, category), amounts in sums.items():
        if sum(amounts) >= LEAST:
            yield _look("no_contract", anchor, category, supplier, names, sum(amounts), len(amounts))


def _signs(  # noqa: PLR0913, PLR0917 - what a sign is read from
    anchor: str, own: Sequence[BatchRef], papers: Sequence[Invoice], bound: Bound, names: Names, found: WorthALook,
    day: date,
) -> Iterator[Look]:  # fmt: skip
    """S1–S3 kind by kind, each against the limit of its own kind on the day of its last purchase."""
    if own[0].anchor.country != "SE":
        return
    by_kind: dict[str, list[Purchase]] = {}
    for supplier, category, when, amount in papers:
        advertised = _advertised(bound.get((supplier, category), ()), when)
        if supplier not in names:
            continue
        if advertised is None:
            found.leave_out("unknown_advertised")
            continue
        by_kind.setdefault(category, []).append(Purchase(anchor, category, str(supplier), when, amount, advertised))
    for category, purchases in by_kind.items():
        limit = _limit(category, min(max(p.day for p in purchases), day))
        if limit is None:
            found.not_assessed["kind"] = found.not_assessed.get("kind", 0) + len(purchases)
        else:
            yield from _of_kind(anchor, category, purchases, limit, names)


def _of_kind(anchor: str, category: str, purchases: Sequence[Purchase], limit: Dated, names: Names) -> Iterator[Look]:
    top = 100 * limit.value
    for sign in (*cumulative(purchases, top), *sequences(purchases, top)):
        yield _of_sign(sign, limit, names)
    bare = [p.amount for p in purchases if not p.advertised]
    bunch = bunching(bare, top)
    if bunch.p < CHANCE:
        just_under = sum(amount for amount in bare if 10 * amount // top == 9)
        yield _look("S3", anchor, category, None, None, just_under, bunch.under, bunch.p, limit)


def _of_sign(sign: Sign, limit: Dated, names: Names) -> Look:
    test: Test = "S1" if sign.test == "S1" else "S2"
    supplier = int(sign.supplier) if sign.supplier else None
    salt = f"{sign.first.year}" if test == "S1" else sign.first.isoformat()
    return _look(test, sign.anchor, sign.kind, supplier, names, sign.amount, sign.n, None, limit, salt)


def _advertised(found: Sequence[Cover], when: date) -> bool | None:
    """Was the purchase under an advertised contract of the day? None: under one that does not say."""
    said = [item.contract.advertised for item in found if item.contract.in_force(when)]
    return True if True in said else None if None in said else False


def _limit(category: str, day: date) -> Dated | None:
    """The limit of direct procurement of a kind; None where its place in annex 2 or the day is not certain."""
    market = market_of(category)
    if market is None or market.annex2 == "some":
        return None
    name = "direct_award_annex2" if market.annex2 == "all" else "direct_award"
    try:
        return value_at(f"procurement/{name}", day)
    except KvarError:
        return None


def _look(  # noqa: PLR0913, PLR0917 - one look has as many
    test: Test, anchor: str, category: str | None, supplier: int | None, names: Names | None, amount: int, n: int,
    value: float | None = None, limit: Dated | None = None, salt: str = "",
) -> Look:  # fmt: skip
    name, slug = names.get(supplier, (None, None)) if names and supplier is not None else (None, None)
    key = "|".join((test, anchor, category or "", slug or "", salt))
    made = hashlib.sha256(key.encode()).hexdigest()[:16]
    return Look(made, test, category or None, name, slug, amount, n, value, limit)
