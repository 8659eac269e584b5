"""Local under every definition on DuckDB and on Spark, from invented lines and suppliers: every öre equal.

    python bench/spark_definitions.py [LINES SUPPLIERS]    (200000 20000)

The lines have an anchor, a supplier, the level of its seat and a district of the home municipality (or none); all is
seen from one district. Then the blocks of the matching (`blocks_relation.py`), from invented keys: the
same pairs.
"""

import platform
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from blocks_relation import CANDIDATES
from pyspark.sql import SparkSession

from kvar.spending import local
from kvar.spending.spark import transpiled
from kvar.suppliers.workplaces import PLACES

LINES, N = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (200_000, 20_000)
CAP = 60
NEAR = {"9901": "municipality", "9902": "region", "0180": "country", "?": "home_country"}
LEVELS = (
    "district",
    "municipality",
    "home_municipality",
    "region",
    "country",
    "abroad",
    "home_country",
    "unresolved",
)


PURCHASES = "select anchor, supplier, 0 as kind, 2024 as year, amount from lines"
NEAREST = "select distinct supplier, level from lines"
BY_DISTRICT = (
    "select district, level, sum(amount)::bigint as amount, count(*) as n from lines group by district, level"
)
DISTRICTS = (None, "990101", "990102", "990103")


def tables(rng: random.Random) -> dict[str, pa.Table]:
    """Suppliers with seats, money, workplaces and homes of their staff."""
    text, number = pa.string(), pa.int64()
    suppliers = [
        {"supplier": n, "firm": f"F{n}", "collects": n % 97 == 0, "is_person": n % 89 == 0} for n in range(N)
    ]
    level = [rng.choice(LEVELS) for _ in range(N)]
    who = [*range(N), *(rng.randrange(N) for _ in range(LINES - N))]
    lines = [{"anchor": rng.randrange(3), "supplier": n, "level": level[n], "district": rng.choice(DISTRICTS),
              "amount": rng.randint(-(10**7), 10**9)} for n in who]  # fmt: skip
    spots = [
        {"firm": f"F{n}", "place": place, "register": "x",
         "district": rng.choice(DISTRICTS) if place == "9901" else None,
         "weight": None if rng.random() < 0.05 else rng.randint(0, 3000)}
        for n in range(N)
        for place in rng.sample(list(NEAR), rng.randint(0, 4))
    ]  # fmt: skip
    return {
        "suppliers": pa.Table.from_pylist(
            suppliers,
            pa.schema([("supplier", number), ("firm", text), ("collects", pa.bool_()), ("is_person", pa.bool_())]),
        ),
        "lines": pa.Table.from_pylist(
            lines,
            pa.schema(
                [("anchor", number), ("supplier", number), ("level", text), ("district", text), ("amount", number)]
            ),
        ),
        "nearness": pa.table({"place": list(NEAR), "nearness": list(NEAR.values())}),
        "workplaces": pa.Table.from_pylist(spots, PLACES),
        "residents": pa.Table.from_pylist(spots[::2], PLACES),
    }


def keys(rng: random.Random, n: int) -> pa.Table:
    """Block keys of `n` invented rows: a few common, most rare."""
    drawn = [(int(rng.paretovariate(0.6)), row) for row in range(n) for _ in range(4)]
    key, row = zip(*drawn, strict=True)
    return pa.table({"key": pa.array(key, pa.int64()), "row": pa.array(row, pa.int32())})


def both(link: duckdb.DuckDBPyConnection, session: SparkSession, sql: str) -> tuple[list[Any], list[Any]]:
    """The rows that each gives, in one order."""
    theirs = session.sql(transpiled(sql)).toArrow()
    ours = link.execute(sql).to_arrow_table()
    return tuple(sorted(zip(*table.to_pydict().values(), strict=True), key=str) for table in (ours, theirs))  # type: ignore[return-value]


def registered(link: duckdb.DuckDBPyConnection, session: SparkSession, made: dict[str, pa.Table]) -> None:
    """The tables in both, Spark's from Parquet, as they would be where a ledger outgrows one machine."""
    folder = Path(tempfile.mkdtemp())
    for name, table in made.items():
        link.register(name, table)
        pq.write_table(table, folder / f"{name}.parquet")
        session.read.parquet(str(folder / f"{name}.parquet")).createOrReplaceTempView(name)


def main() -> None:
    """Print each relation and way from both; exit 1 on any difference."""
    start, rng = time.perf_counter(), random.Random(2026)
    made = tables(rng) | {"left_keys": keys(rng, N // 4), "right_keys": keys(rng, N)}
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    link = duckdb.connect()
    registered(link, session, made)
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {LINES} lines, {N} suppliers\n")
    equal = []
    derived = {name: sql.replace("$district", f"'{DISTRICTS[1]}'") for name, sql in local.DERIVED.items()}
    for name, sql in {"purchases": PURCHASES, "near": NEAREST, **derived}.items():
        ours, theirs = both(link, session, sql)
        equal.append(ours == theirs)
        sys.stdout.write(f"{name}: {len(ours)} rows, equal: {equal[-1]} ({time.perf_counter() - start:.0f} s)\n")
        sys.stdout.flush()
        table = link.execute(sql).to_arrow_table()
        registered(link, session, {name: table})
    for name, sql in (("by district", BY_DISTRICT), ("by way, level and reason", local.GROUPED),
                      ("blocks", CANDIDATES.replace("$cap", str(CAP)))):  # fmt: skip
        ours, theirs = both(link, session, sql)
        equal.append(ours == theirs)
        sys.stdout.write(f"{name}: {len(ours)} rows, equal: {equal[-1]} ({time.perf_counter() - start:.0f} s)\n")
    total = sum(row[3] for row in both(link, session, local.GROUPED)[0] if row[0] == "seat")
    sys.stdout.write(f"base {total} öre; all equal: {all(equal)}\n")
    session.stop()
    raise SystemExit(0 if all(equal) else 1)


if __name__ == "__main__":
    main()
