"""The same relations on Spark: the SQL of `relations`, transpiled, on the same tables. Needs pyspark and Java 17.

Used where a ledger outgrows one machine; `bench/spark_equal.py` shows that both give the same öre.
"""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import sqlglot

from kvar.spending import relations


def transpiled(sql: str) -> str:
    """DuckDB's SQL in Spark's dialect; named parameters stay parameters."""
    return sqlglot.transpile(sql, read="duckdb", write="spark")[0]


def derive(session: Any, tables: Mapping[str, pa.Table], values: Mapping[str, int | str]) -> None:
    """Temporary views of the input tables and the derived relations in a SparkSession."""
    for name, table in tables.items():
        session.createDataFrame(table).createOrReplaceTempView(name)
    for name, sql in relations.DERIVED.items():
        used = {key: value for key, value in values.items() if f"${key}" in sql}
        session.sql(transpiled(sql), args=used).cache().createOrReplaceTempView(name)


def grouped(session: Any, label: str) -> list[tuple[Any, ...]]:
    """Rows of `relations.grouped`, in no order."""
    return [tuple(row) for row in session.sql(transpiled(relations.grouped(label))).collect()]
