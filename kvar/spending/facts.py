"""The tables a report is made from: rollups of the batches, classified, joined to suppliers and places.

Grain of `facts`: anchor, supplier, category, year, payment class, rule. Only rollups and labels are
read, never lines.
"""

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending import relations
from kvar.spending.classes import classes
from kvar.spending.classify import PURCHASE, Rule
from kvar.spending.figure import Question
from kvar.spending.overrides import rules_for

NO_RULE = 9999
_TEXT, _INT = pa.string(), pa.int32()
_NAME = pa.dictionary(_INT, _TEXT)
ROLLUPS = pa.schema(
    [("anchor", _NAME), ("payee", _INT), ("category", _INT), ("month", _INT), ("n", pa.int64()),
     ("positive", pa.int64()), ("negative", pa.int64())]
)  # fmt: skip
CATEGORIES = pa.schema([("id", _INT), ("kind", _INT), ("ordinal", _INT)])
KINDS = pa.schema([("kind", _INT), ("category", _TEXT)])
PAYEES = pa.schema([("payee", _INT), ("ordinal", _INT)])
LABELS = pa.schema([("payee", _INT), ("supplier", _INT)])
RULES = pa.schema([("ordinal", _INT), ("payment_class", _TEXT), ("rule", _TEXT)])


def connect(
    store: Store, batches: Sequence[BatchRef], question: Question, gazetteer: Gazetteer
) -> duckdb.DuckDBPyConnection:
    """An in-memory database with the tables of `relations.DERIVED` for a question."""
    chosen = [b for b in batches if not question.anchors or b.anchor.slug in question.anchors]
    tables = inputs(store, chosen) | {"nearness": nearness(question.place, gazetteer)}
    return derive(link(), tables, parameters(question, gazetteer))


def parameters(question: Question, gazetteer: Gazetteer) -> dict[str, int | str]:
    """What the relations are asked with."""
    return {"first": question.first, "last": question.last, "country": gazetteer.get(question.place).country}


def link() -> duckdb.DuckDBPyConnection:
    """An empty DuckDB in memory that fetches no extensions."""
    return duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})


def derive(
    database: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table], values: Mapping[str, int | str]
) -> duckdb.DuckDBPyConnection:
    """The input tables and the derived relations, in `database`."""
    for name, table in tables.items():
        database.register(name, table)
    for name, sql in relations.DERIVED.items():
        used = {key: value for key, value in values.items() if f"${key}" in sql}
        database.execute(f"create table {name} as {sql}", used)
    return database


def inputs(store: Store, batches: Sequence[BatchRef]) -> dict[str, pa.Table]:
    """The stored tables of some batches; payees, categories and rules numbered through them all."""
    found = [classes(store, batch) for batch in batches]
    anchors = {batch.anchor.slug: rules_for(store, batch.anchor.slug, batch.anchor.country) for batch in batches}
    first_rule = dict(zip(anchors, _starts([len(known) for known in anchors.values()]), strict=True))
    moved = [
        tuple(_moved(table, "ordinal", first_rule[batch.anchor.slug]) for table in pair)
        for batch, pair in zip(batches, found, strict=True)
    ]
    payees = _starts([pq.read_metadata(batch.folder / "payees.parquet").num_rows for batch in batches])
    kinds = _starts([table.num_rows for table, _ in found])
    return {
        "rollups": _concat([_rollup(b, payees[n], kinds[n]) for n, b in enumerate(batches)], ROLLUPS),
        **_categories([_moved(table, "id", kinds[n]) for n, (table, _) in enumerate(moved)]),
        "payees": _concat([_moved(table, "payee", payees[n]) for n, (_, table) in enumerate(moved)], PAYEES),
        "known_rules": _rules([rule for known in anchors.values() for rule in known]),
        "suppliers": pq.read_table(store.root / "suppliers" / "suppliers.parquet"),
        "labels": _labels(store, {batch.id: payees[n] for n, batch in enumerate(batches)}),
    }


def _categories(tables: list[pa.Table]) -> dict[str, pa.Table]:
    """Accounts of all batches, each text numbered once, and the texts."""
    whole = pa.concat_tables(tables)
    texts = whole["category"].combine_chunks().dictionary_encode()
    numbered = whole.append_column("kind", texts.indices).select(CATEGORIES.names).cast(CATEGORIES)
    names = pa.table({"kind": pa.array(range(len(texts.dictionary)), _INT), "category": texts.dictionary})
    return {"categories": numbered, "kinds": names.cast(KINDS)}


def _starts(sizes: Sequence[int]) -> list[int]:
    """Where each batch's numbers begin."""
    return [sum(sizes[:n]) for n in range(len(sizes))]


def _moved(table: pa.Table, name: str, start: int) -> pa.Table:
    """A table with one column of numbers moved up by `start`."""
    at = table.schema.get_field_index(name)
    return table.set_column(at, name, pc.add(table[name], pa.scalar(start, _INT)))


def _rules(known: Sequence[Rule]) -> pa.Table:
    rows = [{"ordinal": n, "payment_class": rule.payment_class, "rule": rule.id} for n, rule in enumerate(known)]
    rows.append({"ordinal": NO_RULE, "payment_class": PURCHASE, "rule": None})
    return pa.Table.from_pylist(rows, RULES)


def _labels(store: Store, starts: Mapping[str, int]) -> pa.Table:
    """Labels of the batches with their numbering through all of them."""
    table = pq.read_table(store.root / "suppliers" / "labels.parquet", read_dictionary=["batch"])
    encoded = table["batch"].combine_chunks()
    order = pa.array([starts.get(name) for name in encoded.dictionary.to_pylist()], _INT)
    moved = table.set_column(1, "payee", pc.add(table["payee"], order.take(encoded.indices)))
    return moved.filter(moved["payee"].is_valid()).select(LABELS.names).cast(LABELS)


def _concat(tables: list[pa.Table], schema: pa.Schema) -> pa.Table:
    chosen = [table.select(schema.names).cast(schema) for table in tables]
    return pa.concat_tables(chosen or [schema.empty_table()]).unify_dictionaries()


def _rollup(batch: BatchRef, payees: int, kinds: int) -> pa.Table:
    table = _moved(pq.read_table(batch.folder / "rollup.parquet"), "payee", payees)
    table = _moved(table, "category", kinds)
    numbers = pa.array(np.zeros(table.num_rows, np.int32))
    return table.append_column("anchor", pa.DictionaryArray.from_arrays(numbers, [batch.anchor.slug]))


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
