"""The relations of identity, written once in SQL that DuckDB runs and Spark after transpiling (ADR 4).

On one machine the matching finds the same pairs by sorted keys (`blocks.py`), some three times faster; a test holds
the two equal.
"""

import duckdb
import pyarrow as pa

# Which rows share a block: `left_keys` and `right_keys` (key, row); blocks larger than $cap say too little.
CANDIDATES = """
with few as (
    select key from right_keys where key in (select key from left_keys) group by key having count(*) <= $cap
)
select distinct l.row as l, r.row as r
from left_keys l join few f on f.key = l.key join right_keys r on r.key = l.key
order by l, r
"""


def link() -> duckdb.DuckDBPyConnection:
    """An empty DuckDB in memory that fetches no extensions."""
    return duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})


def run_candidates(left_keys: pa.Table, right_keys: pa.Table, cap: int) -> pa.Table:
    """CANDIDATES of two tables of block keys: (l, r), ordered."""
    with link() as database:
        database.register("left_keys", left_keys)
        database.register("right_keys", right_keys)
        return database.sql(CANDIDATES, params={"cap": cap}).to_arrow_table()
