"""Import of all Devon files: lines a second and peak memory, beside plain csv + Decimal and pandas in the same run.

Every job runs in an interpreter of its own. The peers run as a script usually does: one process, one file after the
other; Kvar as an upload does: a sandboxed child for each file, two at a time.
"""

import csv
import gzip
import io
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

DATA = Path(os.environ.get("ANKRA_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
GOAL = "250,000 lines/s and 1 GB"


def ours(files: Sequence[Path]) -> int:
    """Sandboxed, accounted, persons masked, written and synced."""
    from kvar.ledger.importing import Options, import_files  # noqa: PLC0415
    from kvar.ledger.model import Anchor  # noqa: PLC0415
    from kvar.ledger.store import Store  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        anchor = Anchor("devon", "Devon County Council", "GB", "E10000008")
        done = import_files(files, store=Store(Path(folder)), anchor=anchor, options=Options())
        return sum(table.lines for item in done for table in item.tables)


def plain_file(path: Path) -> int:
    """csv and Decimal in a loop, nothing kept: what a careful script does."""
    lines, total = 0, Decimal(0)
    for row in csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode("cp1252"))):
        lines += 1
        try:
            total += Decimal((row.get("Amount") or "0").replace(",", ""))
        except InvalidOperation:
            continue
    return lines


def pandas_file(path: Path) -> int:
    """pandas.read_csv as usually called: floats, no accounts."""
    import pandas as pd  # noqa: PLC0415

    return len(pd.read_csv(path, encoding="cp1252", low_memory=False))


def alone(read: Callable[[Path], int]) -> Callable[[Sequence[Path]], int]:
    """One process, file after file."""
    return lambda files: sum(map(read, files))


JOBS: dict[str, Callable[[], Callable[[Sequence[Path]], int]]] = {
    "Kvar": lambda: ours,
    "csv + Decimal": lambda: alone(plain_file),
    "pandas": lambda: alone(pandas_file),
}


def measure(name: str, *, memory: bool) -> None:
    """Run one job and print lines, seconds and peak MB; memory is looked at in a run of its own."""
    files = sorted((DATA / "ledgers" / "devon").glob("*.csv.gz"))
    job = JOBS[name]()
    job(files[:1])  # what is loaded once
    with peak() if memory else unwatched() as highest:
        start = time.perf_counter()
        lines = job(files)
        seconds = time.perf_counter() - start
    json.dump({"lines": lines, "seconds": seconds, "mb": max(highest, default=0) / 1024}, sys.stdout)


@contextmanager
def unwatched() -> Iterator[list[int]]:
    """No memory looked at."""
    yield []


@contextmanager
def peak() -> Iterator[list[int]]:
    """Sums (kB) of what this process and all its children hold, shared pages once, ten times a second."""
    done, sums = threading.Event(), [0]

    def look() -> None:
        while not done.wait(0.1):
            sums.append(sum(map(_held, _family(os.getpid()))))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield sums
    finally:
        done.set()
        watcher.join()


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _held(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def _run(name: str, *how: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, name, *how], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print a Markdown table: of every job its best of some rounds, in turn."""
    best = {name: _run(name) for name in JOBS}
    for _ in range(ROUNDS - 1):
        for name, known in best.items():
            best[name] = min(known, _run(name), key=lambda run: run["seconds"])
    kvar = best["Kvar"]["lines"] / best["Kvar"]["seconds"]
    now, cores = datetime.now(UTC), os.cpu_count()
    sys.stdout.write(f"{now:%Y-%m-%d}, {platform.machine()}, {cores} cores, best of {ROUNDS}. Goal: {GOAL}.\n\n")
    sys.stdout.write("| job | lines | s | lines/s | Kvar is | peak MB |\n|---|---|---|---|---|---|\n")
    for name, run in best.items():
        speed, mb = run["lines"] / run["seconds"], _run(name, "memory")["mb"]
        ratio = f"{kvar / speed:.2f} x"
        sys.stdout.write(f"| {name} | {run['lines']} | {run['seconds']:.1f} | {speed:,.0f} | {ratio} | {mb:.0f} |\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1], memory="memory" in sys.argv[2:])
    else:
        main()
