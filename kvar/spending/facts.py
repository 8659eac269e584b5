"""The database a report is made from: what is stored, and the relations derived of it for a question.

Only rollups and labels are read, never lines.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from kvar.core.errors import KvarError
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places import nearness as places
from kvar.places.gazetteer import Gazetteer
from kvar.spending import engine, relations, stored
from kvar.spending.figure import Question

VIEWS = ("purchases",)
Values = Mapping[str, int | str]


def currency_of(batches: Sequence[BatchRef], question: Question) -> str:
    """The one currency of the batches a question is about; `spending.no_batches`, `spending.currencies`."""
    found = sorted({b.currency for b in batches if not question.anchors or b.anchor.slug in question.anchors})
    if not found:
        raise KvarError("spending.no_batches")
    if len(found) > 1:
        raise KvarError("spending.currencies", currencies=", ".join(found))
    return found[0]


@contextmanager
def connect(
    store: Store, batches: Sequence[BatchRef], question: Question, gazetteer: Gazetteer
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory database with the tables of `relations.DERIVED` for a question; raises what `currency_of` does."""
    currency_of(batches, question)
    chosen = [b for b in batches if not question.anchors or b.anchor.slug in question.anchors]
    with engine.database() as database:
        found = stored.tables(database, store, chosen)
        database.register("nearness", nearness(question.place, gazetteer))
        yield derive(database, stored.rollups(found), parameters(question, gazetteer))


def parameters(question: Question, gazetteer: Gazetteer) -> dict[str, int | str]:
    """What the relations are asked with; `places.code.unknown`, `places.district.elsewhere`."""
    if question.district and gazetteer.get(question.district).parent != question.place:
        raise KvarError("places.district.elsewhere", place=question.district, home=question.place)
    return {
        "first": question.first,
        "last": question.last,
        "country": gazetteer.get(question.place).country,
        "district": question.district or "",
    }


def link() -> duckdb.DuckDBPyConnection:
    """An empty DuckDB in memory with an engine of its own, that fetches no extensions."""
    return duckdb.connect(config=engine.CONFIG)


def derive(database: duckdb.DuckDBPyConnection, rollups: Iterable[str], values: Values) -> duckdb.DuckDBPyConnection:
    """The derived relations in `database`, which holds the other tables; `facts` is filled rollup by rollup."""
    for name, sql in relations.DERIVED.items():
        used = {key: value for key, value in values.items() if f"${key}" in sql}
        if name == "facts":
            _fill(database, sql, rollups, used)
        else:
            database.execute(f"create {'view' if name in VIEWS else 'table'} {name} as {sql}", used)
    return database


def _fill(database: duckdb.DuckDBPyConnection, sql: str, rollups: Iterable[str], values: Values) -> None:
    """One table of facts from several queries for rollups."""
    for number, query in enumerate(rollups):
        database.execute(f"create or replace view rollups as {query}")
        database.execute(f"insert into facts {sql}" if number else f"create table facts as {sql}", values)


def nearness(home: str, gazetteer: Gazetteer) -> pa.Table:
    """Every known place and how near it is to `home`."""
    rows = [{"place": code, "nearness": places.nearness(home, code, gazetteer)} for code in gazetteer.places]
    return pa.Table.from_pylist(rows, pa.schema([("place", pa.string()), ("nearness", pa.string())]))
