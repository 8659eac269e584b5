"""The lines of a batch in one year, each with the reason that withholds it; read in pieces, never whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.spending import engine
from kvar.spending.open_data.withheld import is_care
from kvar.spending.overrides import rules_for
from kvar.suppliers.public import unnamed

PIECE = 20_000  # lines
_MARKED = """
create view marked as
select l.*, p.name, p.number, c.code, c.text as account,
       case when p.reason = 'person' then 'person' when c.care and p.number is null then 'care'
            else p.reason end as reason
from read_parquet($lines) l join payees p on p.payee = l.payee join categories c on c.category = l.category
where l.month // 100 = $year
"""
_OPEN = """
select number, name, code, account, unit, invoice, voucher,
       coalesce(strftime(date, '%Y-%m-%d'),
                (month // 100) || '-' || lpad((month % 100)::text, 2, '0') || '-01') as day,
       (case when amount < 0 then '-' else '' end) || (abs(amount) // 100) || '.'
       || lpad((abs(amount) % 100)::text, 2, '0') as amount
from marked where reason is null order by "table", line
"""
_COUNTED = "select coalesce(reason, ''), count(*), sum(amount)::bigint from marked group by 1 order by 1"


def open_lines(store: Store, batch: BatchRef, year: int) -> Iterator[dict[str, list[str | None]]]:
    """Columns of texts of the open lines, PIECE lines at a time; amounts as `-12.50`, days as `2024-03-01`."""
    with _marked(store, batch, year) as database:
        yield from (piece.to_pydict() for piece in database.sql(_OPEN).to_arrow_reader(PIECE))


def counted(store: Store, batch: BatchRef, year: int) -> list[tuple[str, int, int]]:
    """(reason, or empty for what is open; lines; sum in minor units)."""
    with _marked(store, batch, year) as database:
        return database.execute(_COUNTED).fetchall()


@contextmanager
def _marked(store: Store, batch: BatchRef, year: int) -> Iterator[duckdb.DuckDBPyConnection]:
    rules = rules_for(store, batch.anchor.slug, batch.anchor.country)
    payees = [row | {"reason": unnamed(row)} for row in _rows(batch, "payees")]
    categories = [row | {"care": is_care(row, rules)} for row in _rows(batch, "categories")]
    with engine.database() as database:
        database.register("payees", _table(payees, "payee", "name", "number", "reason"))
        database.register("categories", _table(categories, "category", "code", "text", "care"))
        database.execute(_MARKED.replace("$lines", _quoted(batch)).replace("$year", str(int(year))))
        yield database


def _rows(batch: BatchRef, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(batch.folder / f"{name}.parquet").to_pylist()
    return rows


def _table(rows: list[dict[str, Any]], number: str, *columns: str) -> pa.Table:
    kinds = {"care": pa.bool_()}
    schema = [(number, pa.int32()), *((name, kinds.get(name, pa.string())) for name in columns)]
    return pa.Table.from_pylist([{name: row[name] for name in (number, *columns)} for row in rows], pa.schema(schema))


def _quoted(batch: BatchRef) -> str:
    return "'" + str(batch.folder / "lines.parquet").replace("'", "''") + "'"
