"""Local under every definition on DuckDB and on Spark, from 2,000 invented suppliers: every öre equal."""

import random
import sys

import duckdb
import pyarrow as pa
from pyspark.sql import SparkSession

from kvar.spending import local
from kvar.spending.spark import transpiled
from kvar.suppliers.workplaces import PLACES

N = 2_000
NEAR = {"9901": "municipality", "9902": "region", "0180": "country", "?": "home_country"}
LEVELS = ("municipality", "region", "country", "abroad", "home_country", "unresolved")


def tables(rng: random.Random) -> dict[str, pa.Table]:
    """Suppliers with seats, money, workplaces and homes of their staff."""
    text, number = pa.string(), pa.int64()
    suppliers = [{"supplier": n, "firm": f"F{n}", "collects": n % 97 == 0} for n in range(N)]
    bought = [{"supplier": n, "level": rng.choice(LEVELS), "amount": rng.randint(-(10**9), 10**12)} for n in range(N)]
    spots = [
        {"firm": f"F{n}", "place": place, "district": None, "register": "x",
         "weight": None if rng.random() < 0.05 else rng.randint(0, 3000)}
        for n in range(N)
        for place in rng.sample(list(NEAR), rng.randint(0, 4))
    ]  # fmt: skip
    return {
        "suppliers": pa.Table.from_pylist(
            suppliers, pa.schema([("supplier", number), ("firm", text), ("collects", pa.bool_())])
        ),
        "bought": pa.Table.from_pylist(
            bought, pa.schema([("supplier", number), ("level", text), ("amount", number)])
        ),
        "nearness": pa.table({"place": list(NEAR), "nearness": list(NEAR.values())}),
        "workplaces": pa.Table.from_pylist(spots, PLACES),
        "residents": pa.Table.from_pylist(spots[::2], PLACES),
    }


def main() -> None:
    """Print each way and level from both; exit 1 on any difference."""
    made = tables(random.Random(2026))
    session = SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", "4").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    link = duckdb.connect()
    for name, table in made.items():
        link.register(name, table)
        session.createDataFrame(table).createOrReplaceTempView(name)
    for name, sql in local.DERIVED.items():
        link.execute(f"create table {name} as {sql}")
        session.sql(transpiled(sql)).cache().createOrReplaceTempView(name)
    ours = sorted(link.execute(local.GROUPED).fetchall(), key=str)
    theirs = sorted((tuple(row) for row in session.sql(transpiled(local.GROUPED)).collect()), key=str)
    ways = sorted({row[0] for row in ours})
    for way in ways:
        sums = [sum(row[3] for row in rows if row[0] == way) for rows in (ours, theirs)]
        sys.stdout.write(f"{way}: {sums[0]} öre, equal: {sums[0] == sums[1]}\n")
    sys.stdout.write(f"{len(ours)} rows of way, level and reason, all equal: {ours == theirs}\n")
    session.stop()
    raise SystemExit(0 if ours == theirs else 1)


if __name__ == "__main__":
    main()
