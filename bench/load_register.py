"""A register of 1.5 million invented firms in Bolagsverket's dialect: seconds and peak memory to load and combine."""

import csv
import resource
import sys
import tempfile
import time
from pathlib import Path

from kvar.ledger.store import Store
from kvar.suppliers.register import combine, read_file

N = int(sys.argv[1]) if len(sys.argv) > 1 else 1_500_000
HEADER = """organisationsidentitet namnskyddslopnummer registreringsland organisationsnamn organisationsform
avregistreringsdatum avregistreringsorsak pagandeAvvecklingsEllerOmstruktureringsforfarande registreringsdatum
verksamhetsbeskrivning postadress""".split()
TRADES = ("Bygg", "Åkeri", "Städ", "Konsult", "Måleri", "Fastighet", "Handel", "Skog", "Data", "Vård")


def write(path: Path, n: int) -> None:
    """Invented firms with valid numbers of a series that nobody has."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        out.writerow(HEADER)
        for serial in range(n):
            nine = f"{'5789'[serial % 4]}9{2 + serial // 1_000_000}{serial % 1_000_000:06}"
            number = nine + str(check_digit(nine))
            name = f"{TRADES[serial % 10]}bolaget Nummer {serial} Aktiebolag$FORETAGSNAMN-ORGNAM$2001-01-01"
            address = f"Storgatan {serial % 99}$$ÄLVHAMN$99{serial % 1000:03}$SE-LAND"
            row = (f"{number}$ORGNR-IDORG", "", "SE-LAND", name, "AB-ORGFO", "", "", "", "2001-01-01")
            out.writerow((*row, "Bolaget ska bedriva verksamhet.", address))


def check_digit(nine: str) -> int:
    """Luhn's."""
    total = 0
    for place, sign in enumerate(nine):
        value = int(sign) * (2 - place % 2)
        total += value - 9 * (value > 9)
    return -total % 10


def main() -> None:
    """Print rows, seconds, rows a second and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bolagsverket_bulkfil.txt"
        write(path, N)
        store = Store(Path(folder) / "store")
        clock = Clock()
        (info,) = read_file(path, store=store, country="SE", as_of="2024-12-31")
        read = clock.lap()
        firms = combine(store)
        combined = clock.lap()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        print(f"{info.kept:,} kept of {info.rows:,}, {firms:,} firms; {path.stat().st_size / 1e6:.0f} MB")
        print(f"read {read}, combine {combined}, peak {peak:.2f} GB")


class Clock:
    """Seconds on the wall and of the processor since the last lap: on a shared machine they differ."""

    def __init__(self) -> None:
        self.last = time.perf_counter(), time.process_time()

    def lap(self) -> str:
        """`12.1 s (cpu 9.8 s)`."""
        now = time.perf_counter(), time.process_time()
        wall, cpu = now[0] - self.last[0], now[1] - self.last[1]
        self.last = now
        return f"{wall:.1f} s (cpu {cpu:.1f} s)"


if __name__ == "__main__":
    main()
