"""The relations of a report on DuckDB and on Spark, from a million lines: every group equal to the öre."""

import os
import platform
import sys
import time
from datetime import UTC, datetime

import duckdb
import pyarrow.compute as pc
from ledger import make
from pyspark.sql import SparkSession

from kvar.spending import facts, relations, spark

N = int(os.environ.get("KVAR_BENCH_LINES", "1000000"))
VALUES: dict[str, int | str] = {"first": 202001, "last": 202412, "country": "SE", "district": ""}


def main() -> None:
    """Print what was compared; exit 1 on any difference."""
    made = make(N)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    duck = duckdb.connect()
    duck.register("lines", made.lines)
    session.createDataFrame(made.lines).createOrReplaceTempView("lines")
    start = time.perf_counter()
    rollups = duck.sql(relations.ROLLUP).to_arrow_table()
    theirs = session.sql(spark.transpiled(relations.ROLLUP)).toArrow()
    key = [(name, "ascending") for name in ("payee", "category", "month")]
    same = rollups.sort_by(key).cast(theirs.schema).equals(theirs.sort_by(key))
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, {N} lines\n")
    sys.stdout.write(f"rollup: {len(rollups)} rows, equal: {same}\n")
    amounts = pc.add(rollups["positive"], rollups["negative"])
    tables = made.tables | {"rollups": rollups.append_column("amount", amounts)}
    link = facts.link()
    for name, table in tables.items():
        link.register(f"{name}_in" if name == "rollups" else name, table)
    facts.derive(link, ["from rollups_in"], VALUES)
    spark.derive(session, tables, VALUES)
    equal = [same]
    for label in relations.LABELS:
        ours = sorted(link.execute(relations.grouped(label)).fetchall(), key=str)
        other = sorted(spark.grouped(session, label), key=str)
        equal.append(ours == other)
        sys.stdout.write(f"{label}: {len(ours)} rows, base {sum(row[-1] for row in ours)} öre, equal: {equal[-1]}\n")
    sys.stdout.write(f"{time.perf_counter() - start:.0f} s\n")
    session.stop()
    raise SystemExit(0 if all(equal) else 1)


if __name__ == "__main__":
    main()
