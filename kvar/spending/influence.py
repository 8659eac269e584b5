"""Influenceable spend: what an anchor could move by choosing otherwise, now, from a day, or not; exact to the öre.

Every purchase falls in exactly one of four: `now`, `later` (from the day a contract ends), `fixed` (law, a court, a
natural monopoly or someone else's choice decides) and `unclear` (the data do not tell; never guessed into another).
In order: the anchor's own word, the country's dated rules, the contract register. Without a register all else is
`unclear`; with one, what no contract covers is `now`. Source: CLES and Preston interrogated every contract for this
by hand (domain research A1); rules in `kvar/parameters/influence`, each with its source and verified flag.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

import duckdb
import pyarrow as pa

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.contract_cover import Cover, account_codes, covers
from kvar.spending.contracts import Register, registers
from kvar.spending.facts import connect, currency_of
from kvar.spending.figure import Question
from kvar.spending.influence_order import Order
from kvar.spending.influence_rules import VERDICTS, Verdict

INDICATOR = "influence"
VERSION = "1.0"
NEAR = frozenset(("district", "municipality", "home_municipality"))
UNKNOWN = frozenset(("home_country", "unresolved"))
FROM_DISTRICT = {"municipality": "region", "home_municipality": "home_country"}
_GROUPS = """
create table groups as
select a.slug as anchor, p.supplier, p.kind, s.level, sum(p.amount)::bigint as amount, sum(p.n)::bigint as n
from purchases p join anchors a on a.anchor = p.anchor join near s on s.supplier = p.supplier group by all
"""
_JUDGED = """
create table judged as
with ruled as (
    select b.*, least(coalesce(k.ordinal, 999999), coalesce(s.ordinal, 999999)) as ordinal from groups b
    left join kind_fits k on k.anchor = b.anchor and k.kind = b.kind
    left join supplier_fits s on s.anchor = b.anchor and s.supplier = b.supplier
)
select r.anchor, r.supplier, r.kind, r.level, r.amount, r.n,
       coalesce(d.verdict, c.verdict, case when g.anchor is null then 'unclear' else 'now' end) as verdict,
       case when d.verdict is null then c.until else d.until end as until,
       coalesce(d.why, c.why, case when g.anchor is null then 'no_register' else 'no_contract' end) as why
from ruled r
left join decisions d on d.ordinal = r.ordinal
left join bound c on c.anchor = r.anchor and c.supplier = r.supplier and c.kind = r.kind
left join registered g on g.anchor = r.anchor
"""
_DECISIONS = pa.schema(
    [("ordinal", pa.int32()), ("verdict", pa.string()), ("until", pa.date32()), ("why", pa.string())]
)
_KIND_FITS = pa.schema([("anchor", pa.string()), ("kind", pa.int32()), ("ordinal", pa.int32())])
_SUPPLIER_FITS = pa.schema([("anchor", pa.string()), ("supplier", pa.int32()), ("ordinal", pa.int32())])
_BOUND = pa.schema(
    [("anchor", pa.string()), ("supplier", pa.int32()), ("kind", pa.int32()), ("verdict", pa.string()),
     ("until", pa.date32()), ("why", pa.string())]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slice:
    """Purchases of one anchor and category at one place level under one verdict; minor units and payments."""

    anchor: str
    category: str
    level: str
    verdict: Verdict
    until: date | None
    why: str
    amount: int
    n: int


def seen_from_district(slices: Iterable[Slice]) -> tuple[Slice, ...]:
    """The same öre when a district is home: the rest of the municipality is away, an unknown district unknown."""
    return tuple(replace(item, level=FROM_DISTRICT.get(item.level, item.level)) for item in slices)


@dataclass(frozen=True, slots=True)
class Influence:
    """Every slice of a question's purchases on a day; their amounts sum to its base exactly."""

    question: Question
    day: date
    currency: str
    with_register: tuple[str, ...]
    slices: tuple[Slice, ...]

    @property
    def base(self) -> int:
        """All purchases."""
        return total(self.slices)

    def by_verdict(self) -> dict[Verdict, int]:
        """Minor units under each verdict."""
        return {name: total(item for item in self.slices if item.verdict == name) for name in VERDICTS}

    def categories(self) -> dict[str, tuple[Slice, ...]]:
        """The slices of each category, largest category first."""
        found: dict[str, list[Slice]] = {}
        for item in self.slices:
            found.setdefault(item.category, []).append(item)
        return {name: tuple(found[name]) for name in sorted(found, key=lambda name: (-total(found[name]), name))}


def total(slices: Iterable[Slice]) -> int:
    """Minor units of some slices."""
    return sum(item.amount for item in slices)


def influence(
    store: Store, batches: Sequence[BatchRef], question: Question, *, gazetteer: Gazetteer, day: date
) -> Influence:
    """The influenceable spend of a question as it stands on `day`; `spending.*` as in a report."""
    chosen = [b for b in batches if not question.anchors or b.anchor.slug in question.anchors]
    currency = currency_of(chosen, question)
    with connect(store, chosen, question, gazetteer) as link:
        known = judge(link, store, chosen, day)
        return Influence(question, day, currency, tuple(known), read_slices(link))


def read_slices(link: duckdb.DuckDBPyConnection) -> tuple[Slice, ...]:
    """The slices of the table `judged`."""
    rows = link.execute(
        "select j.anchor, k.category, j.level, j.verdict, j.until, j.why, sum(j.amount)::bigint, "
        "sum(j.n)::bigint from judged j join kinds k on k.kind = j.kind group by all order by 1, 2, 3, 4, 5, 6"
    ).fetchall()
    return tuple(Slice(row[0], row[1] or "-", *row[2:]) for row in rows)


def judge(
    link: duckdb.DuckDBPyConnection, store: Store, batches: Sequence[BatchRef], day: date
) -> dict[str, Register]:
    """Make the tables `groups` and `judged` beside the relations of a report; gives the registers it used."""
    anchors = {batch.anchor.slug: batch.anchor.country for batch in batches}
    known = registers(store, list(anchors))
    link.execute(_GROUPS)
    _fits(link, store, anchors, day)
    found = covers(link, known, account_codes(batches), day)
    link.register("bound", pa.Table.from_pylist(_bound(found), _BOUND))
    link.register("registered", pa.table({"anchor": pa.array(list(known), pa.string())}))
    link.execute(_JUDGED)
    return known


def _fits(link: duckdb.DuckDBPyConnection, store: Store, anchors: dict[str, str], day: date) -> None:
    """Tables of which category and supplier of each anchor which word or rule fits first."""
    kinds = link.execute(
        "select distinct g.anchor, g.kind, k.category from groups g join kinds k on k.kind = g.kind"
    ).fetchall()
    suppliers = link.execute(
        "select distinct g.anchor, g.supplier, s.number, s.form_group from groups g "
        "join suppliers s on s.supplier = g.supplier where not s.is_person"
    ).fetchall()
    rules = Order(store, anchors, day)
    of_kinds = [{"anchor": a, "kind": k, "ordinal": n} for a, k, t in kinds if (n := rules.of_category(a, t or ""))]
    of_suppliers = [
        {"anchor": anchor, "supplier": supplier, "ordinal": n}
        for anchor, supplier, number, form in suppliers
        if (n := rules.of_supplier(anchor, number, form))
    ]
    link.register("kind_fits", pa.Table.from_pylist(of_kinds, _KIND_FITS))
    link.register("supplier_fits", pa.Table.from_pylist(of_suppliers, _SUPPLIER_FITS))
    link.register("decisions", pa.Table.from_pylist(rules.decisions, _DECISIONS))


def _bound(found: Iterable[Cover]) -> list[dict[str, object]]:
    """The most binding contract of each group."""
    most: dict[tuple[str, int, int], Cover] = {}
    for item in found:
        key = (item.anchor, item.supplier, item.kind)
        if key not in most or item.standing.weight > most[key].standing.weight:
            most[key] = item
    return [
        {"anchor": anchor, "supplier": supplier, "kind": kind, **asdict(item.standing)}
        for (anchor, supplier, kind), item in most.items()
    ]
