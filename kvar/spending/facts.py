"""The fact table of a report: rollups of the batches, classified, joined to suppliers and places.

Grain: anchor, supplier, category, year, payment class, rule. Only rollups and labels are read, never lines.
"""

from collections.abc import Sequence

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.classify import PURCHASE, of_account, of_payee, rules
from kvar.spending.figure import Question

FACTS = """
create table facts as
select r.anchor, l.supplier, c.category, r.month // 100 as year,
       coalesce(k.payment_class, 'purchase') as payment_class, k.rule,
       sum(r.positive + r.negative)::bigint as amount, sum(r.n)::bigint as n
from rollups r
join labels l on l.batch = r.batch and l.payee = r.payee
join categories c on c.batch = r.batch and c.id = r.category
left join payees p on p.batch = r.batch and p.payee = r.payee
left join known_rules k on k.country = r.country
     and k.ordinal = nullif(least(coalesce(c.ordinal, 9999), coalesce(p.ordinal, 9999)), 9999)
where r.month between $first and $last
group by all
"""
NEAR = """
create table near as
select s.supplier, s.slug, s.name, s.is_person, s.form_group, s.industry, s.size, s.place, s.district,
       case when h.nearness is not null then h.nearness
            when s.country is null then 'unresolved'
            when s.country <> $country then 'abroad'
            else 'home_country' end as level
from suppliers s left join nearness h on h.place = s.place
"""


def connect(
    store: Store, batches: Sequence[BatchRef], question: Question, gazetteer: Gazetteer
) -> duckdb.DuckDBPyConnection:
    """An in-memory database with the tables `facts` and `near` for a question."""
    link = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    chosen = [b for b in batches if not question.anchors or b.anchor.slug in question.anchors]
    for name, table in _inputs(store, chosen).items():
        link.register(name, table)
    link.register("nearness", nearness(question.place, gazetteer))
    link.execute(FACTS, {"first": question.first, "last": question.last})
    link.execute(NEAR, {"country": gazetteer.get(question.place).country})
    return link


def _inputs(store: Store, batches: Sequence[BatchRef]) -> dict[str, pa.Table]:
    countries = sorted({batch.anchor.country for batch in batches})
    return {
        "rollups": _concat([_rollup(batch) for batch in batches], ROLLUPS),
        "categories": _concat([_categories(batch) for batch in batches], CATEGORIES),
        "payees": _concat([_payees(batch) for batch in batches], PAYEES),
        "known_rules": pa.Table.from_pylist(
            [
                {"country": country, "ordinal": order, "payment_class": rule.payment_class, "rule": rule.id}
                for country in countries
                for order, rule in enumerate(rules(country))
            ],
            RULES,
        ),
        "suppliers": pq.read_table(store.root / "suppliers" / "suppliers.parquet"),
        "labels": pq.read_table(store.root / "suppliers" / "labels.parquet"),
    }


_TEXT, _INT = pa.string(), pa.int32()
ROLLUPS = pa.schema(
    [("batch", _TEXT), ("anchor", _TEXT), ("country", _TEXT), ("payee", _INT), ("category", _INT), ("month", _INT),
     ("n", pa.int64()), ("positive", pa.int64()), ("negative", pa.int64())]
)  # fmt: skip
CATEGORIES = pa.schema([("batch", _TEXT), ("id", _INT), ("category", _TEXT), ("ordinal", _INT)])
PAYEES = pa.schema([("batch", _TEXT), ("payee", _INT), ("ordinal", _INT)])
RULES = pa.schema([("country", _TEXT), ("ordinal", _INT), ("payment_class", _TEXT), ("rule", _TEXT)])


def _concat(tables: list[pa.Table], schema: pa.Schema) -> pa.Table:
    return pa.concat_tables([table.select(schema.names).cast(schema) for table in tables] or [schema.empty_table()])


def _rollup(batch: BatchRef) -> pa.Table:
    table = pq.read_table(batch.folder / "rollup.parquet")
    facts = {"batch": batch.id, "anchor": batch.anchor.slug, "country": batch.anchor.country}
    for name, value in facts.items():
        table = table.append_column(name, pa.repeat(pa.scalar(value, _TEXT), table.num_rows))
    return table


def _categories(batch: BatchRef) -> pa.Table:
    known = rules(batch.anchor.country)
    rows = [
        {
            "batch": batch.id,
            "id": row["category"],
            "category": row["text"] or row["code"] or "",
            "ordinal": of_account(row["code"], row["text"], known),
        }
        for row in pq.read_table(batch.folder / "categories.parquet").to_pylist()
    ]
    return pa.Table.from_pylist(rows, CATEGORIES)


def _payees(batch: BatchRef) -> pa.Table:
    known = rules(batch.anchor.country)
    rows = [
        {
            "batch": batch.id,
            "payee": row["payee"],
            "ordinal": of_payee(row["name"], row["number"], row["is_person"], known),
        }
        for row in pq.read_table(batch.folder / "payees.parquet").to_pylist()
    ]
    return pa.Table.from_pylist(rows, PAYEES)


def nearness(home: str, gazetteer: Gazetteer) -> pa.Table:
    """Every known place and how near it is to `home`: municipality, region, country, home_country or abroad."""
    own = gazetteer.within(home)
    rows = [{"place": code, "nearness": _near(own, gazetteer.within(code))} for code in gazetteer.places]
    return pa.Table.from_pylist(rows, pa.schema([("place", _TEXT), ("nearness", _TEXT)]))


def _near(own: dict[str, str], theirs: dict[str, str]) -> str:
    """A seat known only by region may lie in the home municipality or not: only the country is certain."""
    if theirs.get("country") != own.get("country"):
        return "abroad"
    same_region = own.get("region") is not None and own.get("region") == theirs.get("region")
    if "municipality" in own and theirs.get("municipality") == own["municipality"]:
        return "municipality"
    if same_region:
        return "region" if "municipality" in theirs or "municipality" not in own else "home_country"
    return "country"


__all__ = ["PURCHASE", "connect", "nearness"]
