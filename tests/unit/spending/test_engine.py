"""Databases in one engine: none sees another's tables, and nothing is left of one that has ended."""

import os
import signal
from pathlib import Path
from threading import Thread

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kvar.spending import engine


def test_two_at_once_do_not_see_each_other() -> None:
    with engine.database() as one, engine.database() as other:
        one.execute("create table t as select 1 as n")
        one.register("r", pa.table({"n": [3]}))
        other.execute("create table t as select 2 as n")
        assert one.execute("select t.n, r.n from t, r").fetchall() == [(1, 3)]
        assert other.execute("from t").fetchall() == [(2,)]
        with pytest.raises(duckdb.CatalogException):
            other.execute("from r")


def test_nothing_is_left_even_after_an_error_and_an_unread_answer() -> None:
    for question in ("select no_such_column", "from range(1000000)"):
        try:
            with engine.database() as link:
                link.execute("create table t as from range(1000000)")
                link.execute(question)
                link.fetchone()
        except duckdb.BinderException:
            pass
        with engine.database() as link:
            assert _databases(link) == 1


def test_what_went_wrong_in_a_transaction_is_told_and_leaves_nothing() -> None:
    def ask() -> None:
        with engine.database() as link:
            link.execute("begin")
            link.execute("select no_such_column")

    with pytest.raises(duckdb.BinderException):
        ask()
    with engine.database() as link:
        assert _databases(link) == 1


def test_a_child_that_was_forked_has_an_engine_of_its_own() -> None:
    with engine.database() as link:
        link.execute("select 1")
    if not (child := os.fork()):
        signal.alarm(20)
        with engine.database() as link:
            os._exit(0 if link.execute("select 1").fetchall() == [(1,)] else 1)
    assert os.waitpid(child, 0)[1] == 0


def _databases(link: duckdb.DuckDBPyConnection) -> int:
    rows = link.execute("pragma database_list").fetchall()
    return sum(row[1].startswith("kvar_") for row in rows)


def test_a_file_that_is_replaced_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "labels.parquet"
    for n in range(20):
        pq.write_table(pa.table({"n": [n]}), tmp_path / "beside")
        (tmp_path / "beside").rename(path)
        with engine.database() as link:
            assert link.execute(f"from read_parquet('{path}')").fetchall() == [(n,)]


def test_many_threads_get_one_each() -> None:
    found: list[list[tuple[int]]] = []

    def ask(n: int) -> None:
        for _ in range(20):
            with engine.database() as link:
                link.execute(f"create table t as select {n} as n")
                found.append(link.execute("from t").fetchall())

    threads = [Thread(target=ask, args=[n]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(row[0][0] for row in found) == sorted(n for n in range(4) for _ in range(20))
