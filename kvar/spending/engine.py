"""A DuckDB in memory for one question: a database of its own in one engine that the process keeps.

Starting an engine, with its threads and its catalogue of functions, takes some forty milliseconds each time; a
database in a running one takes two.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count

import duckdb

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_file_cache": False,  # a label file is replaced in place: what was read before is not to be kept
}
_NUMBERS = count()


@contextmanager
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database that no other sees, with a connection of its own; its memory is free when the block ends."""
    name = f"kvar_{next(_NUMBERS)}"
    engine = _engine(os.getpid())
    try:
        with engine.cursor() as link:
            link.execute(f"attach ':memory:' as {name}; use {name}")
            yield link
    finally:
        with engine.cursor() as other:
            other.execute(f"detach {name}")


@cache
def _engine(_process: int) -> duckdb.DuckDBPyConnection:
    """The engine of a process: a child that was forked has not its parent's threads."""
    return duckdb.connect(config=CONFIG)
