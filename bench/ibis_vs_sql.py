"""The costliest relation (facts) and one grouping in Ibis and in our SQL, both on DuckDB, same answer (ADR 4).

Ibis is not among the project's requirements: `uv pip install "ibis-framework[duckdb]"` in an environment of your own.
"""

import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import ibis
import pyarrow as pa
from ledger import make

from kvar.spending import facts, relations

N = int(os.environ.get("KVAR_BENCH_LINES", "1000000"))
VALUES: dict[str, int | str] = {"first": 202001, "last": 202412, "country": "SE", "district": ""}
Rows = list[tuple[int, int]]


def in_sql(tables: dict[str, pa.Table]) -> Rows:
    """`relations` as the report runs them."""
    link = facts.link()
    for name, table in tables.items():
        link.register(f"{name}_in", table)
        link.execute(f"create table {name} as from {name}_in")
    known = {"first": VALUES["first"], "last": VALUES["last"]}
    link.execute(f"create table facts as {relations.FACTS}", known)
    query = f"select year, sum(amount)::bigint, count(distinct supplier) from ({relations.PURCHASES}) group by year"
    rows = link.execute(query).fetchall()
    return sorted((row[0], row[1]) for row in rows)


def in_ibis(tables: dict[str, pa.Table]) -> Rows:
    """The same relations as Ibis expressions."""
    link, none = ibis.duckdb.connect(), relations.NO_RULE
    t = {name: link.create_table(name, ibis.memtable(table)) for name, table in tables.items()}
    r = t["rollups"].filter(t["rollups"].month >= 202001, t["rollups"].month <= 202412)
    joined = r.join(t["labels"], "payee").join(t["categories"], [r.category == t["categories"].id])
    ruled = joined.mutate(
        year=(joined.month // 100).cast("int32"),
        rule=ibis.least(joined.ordinal.fill_null(none), joined.ordinal_right.fill_null(none)),
    )
    grouped = ruled.group_by("anchor", "supplier", "kind", "year", "rule").agg(
        amount=ruled.amount.sum(), count=ruled.n.sum()
    )
    known = grouped.join(t["known_rules"], [grouped.rule == t["known_rules"].ordinal], rname="k_{name}")
    bought = known.filter(known.payment_class == "purchase")
    by_year = bought.group_by("year").agg(base=bought.amount.sum(), suppliers=bought.supplier.nunique())
    return sorted((int(a), int(b)) for a, b in by_year.select("year", "base").execute().itertuples(index=False))


def timed(job: Callable[[dict[str, pa.Table]], Rows], tables: dict[str, pa.Table]) -> tuple[float, Rows]:
    """The best of three runs."""
    best, rows = float("inf"), []
    for _ in range(3):
        start = time.perf_counter()
        rows = job(tables)
        best = min(best, time.perf_counter() - start)
    return best, rows


def main() -> None:
    """Print both times and whether the answers are the same."""
    made = make(N)
    link = facts.link()
    link.register("lines", made.lines)
    rollups = link.sql(f"select *, positive + negative as amount from ({relations.ROLLUP})").to_arrow_table()
    tables = made.tables | {"rollups": rollups}
    sql, one = timed(in_sql, tables)
    other, two = timed(in_ibis, tables)
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, {N} lines\n")
    sys.stdout.write(f"SQL {sql:.2f} s, Ibis {other:.2f} s ({other / sql:.2f}x), same answer: {one == two}\n")


if __name__ == "__main__":
    main()
