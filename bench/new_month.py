"""A new month of 10,000 lines into a store that knows 200,000 payees and a register of 1.5 million invented firms.

    python bench/new_month.py [PAYEES REGISTER LINES]

Timed, on the wall and by processor, after a first import, its matching and its labels: the month's import, matching
of the names that are new (three lines in ten), and the labels of all payees. The month has a process of its own that
remembers nothing; loading modules is not timed (nor pandas, which pyarrow looks for and an installed Kvar lacks).
Also what the first matching cost, with the making of the register's index on disk, and how large that is. In the
environment: `MONTHS`, how many times, each on a fresh copy; `PEER`, a folder with an earlier engine, measured on the
same files in turn.
"""

import csv
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import names
import pandas as pd  # noqa: F401 - loaded before the clocks run
import pyarrow as pa
import pyarrow.parquet as pq

from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.suppliers.entries import ENTRIES
from kvar.suppliers.events import events
from kvar.suppliers.kept import register_index
from kvar.suppliers.labels import build
from kvar.suppliers.matching import match_new

ANCHOR = Anchor("example", "Example", "SE", "9901")
NEW = 0.3  # of a month's lines, those to payees whose spelling is not known
HEADER = ["kopare_id", "kopare", "verifikationsnummer", "leverantor_id", "leverantor", "konto_nr", "konto_text",
          "datum", "belopp"]  # fmt: skip


def ledger(path: Path, records: pa.Table, day: str) -> None:
    """A line a record, in the national specification's columns."""
    rows = zip(records["number"].to_pylist(), records["name"].to_pylist(), strict=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(HEADER)
        for n, (number, name) in enumerate(rows):
            out.writerow(["2120000000", "Exempel", n, number or "", name, "4010", "Varor", day, f"{n % 9000 + 1},50"])


def firms(store: Store, register: pa.Table) -> None:
    """The firms of the register, as `combine` leaves them."""
    n = register.num_rows
    own = {name: register[name].combine_chunks() for name in ("scheme", "number", "name", "country", "postcode")}
    fields = [field for field in ENTRIES if field.name not in own]
    more = {field.name: pa.nulls(n, field.type) for field in fields}
    firm = {"firm": pa.array([f"SE-ON-{number}" for number in own["number"].to_pylist()])}
    froms = {f"{name}_from": pa.nulls(n, pa.string())
             for name in ("place", "form_group", "ownership", "industry", "size", "district")}  # fmt: skip
    pq.write_table(pa.table(own | more | firm | froms), store.root / "registers" / "firms.parquet")


def timed(label: str, job: Callable[[], Any]) -> tuple[float, Any]:
    """Runs a job and prints its seconds, of the wall and of the processor (children too)."""
    start, cpu = time.perf_counter(), _cpu()
    found = job()
    wall, used = time.perf_counter() - start, _cpu() - cpu
    sys.stdout.write(f"{label}: {wall:.1f} s (processor {used:.1f} s)\n")
    sys.stdout.flush()
    return wall, found


def _cpu() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def load(store: Store, path: Path) -> int:
    """Import a file; how many lines were loaded."""
    (done,) = import_files([path], store=store, anchor=ANCHOR, options=Options())
    if done.error:
        raise done.error
    return sum(table.loaded for table in done.tables)


def batches(store: Store) -> list[Any]:
    """All batches."""
    return [ref for ref, _ in store.batches()]


def main() -> None:
    """Prints what comes before the month, and the month."""
    known, register, lines = map(int, sys.argv[1:4]) if len(sys.argv) > 3 else (200_000, 1_500_000, 10_000)
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, load"
                     f" {os.getloadavg()[0]:.1f} at the start.\n")  # fmt: skip
    made = names.make(known + int(lines * NEW), register)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        firms(store, made.register)
        first, month = Path(folder) / "first.csv", Path(folder) / "month.csv"
        ledger(first, made.records.slice(0, known), "2024-01-15")
        again = made.records.slice(0, lines - int(lines * NEW))
        ledger(month, pa.concat_tables([again, made.records.slice(known)]), "2024-02-15")
        timed("first import", lambda: load(store, first))
        timed("the register's index", lambda: register_index(store))
        size = sum(path.stat().st_size for path in (store.root / "matching").rglob("*"))
        sys.stdout.write(f"its size: {size / 1e6:.0f} MB\n")
        timed("first matching", lambda: match_new(store, batches(store)))
        timed("first labels", lambda: build(store, batches(store)))
        del made
        again_by(Path(folder), store.root, month)


def again_by(folder: Path, known: Path, month: Path) -> None:
    """The month by this engine, and by a peer when one is named; a peer makes what it keeps by its own ways first."""
    engines = {"now": Path(__file__).parents[1]} | (
        {"peer": Path(os.environ["PEER"])} if "PEER" in os.environ else {}
    )
    for name, engine in engines.items():
        shutil.copytree(known, folder / name, copy_function=shutil.copy2)
        run(engine, "ready", folder / name)
    for _ in range(int(os.environ.get("MONTHS", "1"))):
        for name, engine in engines.items():
            work = shutil.copytree(folder / name, folder / "work", copy_function=shutil.copy2)
            sys.stdout.write(f"-- {name}, load {os.getloadavg()[0]:.1f}\n")
            sys.stdout.flush()
            run(engine, "month", work, month)
            shutil.rmtree(work)


def run(engine: Path, *words: object) -> None:
    """This script in a process of its own, with the engine of a folder."""
    subprocess.run([sys.executable, __file__, *map(str, words)], env=os.environ | {"PYTHONPATH": engine}, check=True)


def ready(root: Path) -> None:
    """Labels (and the register's index) by this engine, so that its month begins with what it keeps."""
    register_index(Store(root))
    build(Store(root), batches(Store(root)))


def one_month(root: Path, path: Path) -> None:
    """Prints the month's steps and their sum."""
    store = Store(root)
    cpu = _cpu()
    steps = [timed("the month: import", lambda: load(store, path)),
             timed("the month: matching", lambda: match_new(store, batches(store))),
             timed("the month: labels", lambda: build(store, batches(store)))]  # fmt: skip
    used = _cpu() - cpu
    what = events(store)[-1].what
    sys.stdout.write(f"{len(what['seen']):,} new names, {len(what['joins']):,} joins, {len(what['entries']):,}"
                     f" entries, {len(what['asked']):,} asked\n")  # fmt: skip
    sys.stdout.write(f"the month in all: {sum(wall for wall, _ in steps):.1f} s (processor {used:.1f} s)\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["ready"]:
        ready(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["month"]:
        one_month(*map(Path, sys.argv[2:4]))
    else:
        main()
