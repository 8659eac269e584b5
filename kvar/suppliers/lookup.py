"""What the registers know of some suppliers: by number, by what was decided, else by a name of one firm only."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from kvar.ledger.store import Store
from kvar.suppliers.loaded import database, quoted

WANTED = pa.schema(
    [("key", pa.string()), ("entry", pa.string()), ("country", pa.string()), ("name_key", pa.string())]
)
_FOUND = """
with hits as materialized (
    select * from read_parquet('{path}')
    where firm in (select key from wanted union select entry from wanted where entry is not null)
    union
    select * from read_parquet('{path}') where name_key in (select name_key from wanted where name_key <> '')
),
named as (
    select country, name_key, min(firm) as firm from hits where name_key <> '' group by 1, 2 having count(*) = 1
),
found as (
    select w.key, 1 as rank, 'number' as how, f.firm from wanted w join hits f on f.firm = w.key
    union all select w.key, 2, 'matched', f.firm from wanted w join hits f on f.firm = w.entry
    union all select w.key, 3, 'name', n.firm from wanted w
              join named n on n.country = w.country and n.name_key = w.name_key
)
select b.key, b.how, f.*
from (select key, min_by(how, rank) as how, min_by(firm, rank) as firm from found group by key) b
join hits f on f.firm = b.firm
"""
Row = dict[str, Any]


def look_up(store: Store, wanted: Sequence[Row]) -> dict[str, tuple[str, Row]]:
    """For each key that a register knows: how it was found (number, matched, name) and the firm's row."""
    path = store.root / "registers" / "firms.parquet"
    if not path.exists() or not wanted:
        return {}
    with database(store) as link:
        link.register("wanted", pa.Table.from_pylist(list(wanted), WANTED))
        table: pa.Table = link.sql(_FOUND.format(path=quoted(path))).to_arrow_table()
    rows: list[Row] = table.to_pylist()
    return {row["key"]: (row["how"], row) for row in rows}
