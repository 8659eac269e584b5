"""Import of all Devon files: lines a second, beside plain csv + Decimal and pandas, in one run."""

import csv
import gzip
import io
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pandas as pd

from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store

DATA = Path(os.environ.get("ANKRA_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))


def ours(files: list[Path]) -> int:
    """Sandboxed, accounted, written and synced."""
    with tempfile.TemporaryDirectory() as folder:
        anchor = Anchor("devon", "Devon County Council", "GB", "E10000008")
        done = import_files(files, store=Store(Path(folder)), anchor=anchor, options=Options())
        return sum(table.lines for item in done for table in item.tables)


def plain(files: list[Path]) -> int:
    """csv and Decimal in a loop, nothing kept: what a careful script does."""
    lines, total = 0, Decimal(0)
    for path in files:
        text = gzip.decompress(path.read_bytes()).decode("cp1252")
        for row in csv.DictReader(io.StringIO(text)):
            lines += 1
            try:
                total += Decimal((row.get("Amount") or "0").replace(",", ""))
            except InvalidOperation:
                continue
    return lines


def pandas(files: list[Path]) -> int:
    """pandas.read_csv as usually called: floats, no accounts."""
    return sum(len(pd.read_csv(path, encoding="cp1252", low_memory=False)) for path in files)


def main() -> None:
    """Print a Markdown table."""
    files = sorted((DATA / "ledgers" / "devon").glob("*.csv.gz"))
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores\n\n")
    sys.stdout.write("| job | lines | s | lines/s |\n|---|---|---|---|\n")
    for job in (ours, plain, pandas):
        start = time.perf_counter()
        lines = job(files)
        seconds = time.perf_counter() - start
        sys.stdout.write(f"| {job.__name__} | {lines} | {seconds:.1f} | {lines / seconds:,.0f} |\n")


if __name__ == "__main__":
    main()
