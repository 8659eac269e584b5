"""Who was paid, at size: invented ledger names against an invented register, Kvar beside Splink in one run.

    python bench/match_speed.py [RECORDS REGISTER]    (200000 1500000; both sizes are first run at a tenth)

Names are spoiled as ledgers spoil them (`names.py`: legal forms, misspellings, words lost, joined or moved), and a
quarter of the payees are in no register. Both get name and postcode (four ledger rows in ten have one), no number.
Each runs in a process of its own and reads the same Parquet; Splink gets names that Kvar has normalised, and the
legal form that Kvar read off them, and no clock runs for that. Splink's threshold is the best one for this
truth, which nobody has in earnest; ours is the one in use. A record is right when it was given its own entry of the
register. Kvar also joins the records with each other in its time, which Splink is not asked to.
"""

import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import names
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from kvar.suppliers.match import match
from kvar.suppliers.names import FORM_CODES, split

ROOT = Path(__file__).parents[1]
SPLINK = ROOT / ".venv-splink" / "bin" / "python"
MODELS = ("names", "tokens", "both")
PATIENCE = 720  # seconds of processor that Splink is given: six minutes of two cores
LONGEST = 2400  # seconds on the wall
REGISTER = ("scheme", "number", "name", "country", "postcode")
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Run:
    """`entry`: the register row that each record was given, -1 for none; `weight` what spoke for it."""

    entry: Ints
    weight: npt.NDArray[np.float64]
    seconds: float
    cpu: float  # seconds of processor: what the clock says on a machine with other work
    peak: float  # GB


def write(folder: Path, made: names.Made) -> None:
    """The tables that both read."""
    bare = made.records.select(["record_id", "name", "country", "postcode"])
    pq.write_table(bare, folder / "records.parquet")
    pq.write_table(made.register.select(REGISTER), folder / "register.parquet")
    both = pa.concat_tables([made.records.select(["name", "postcode"]), made.register.select(["name", "postcode"])])
    side = np.repeat([0, 1], [made.records.num_rows, made.register.num_rows])
    words = split(both["name"].combine_chunks())
    forms = pa.array([form or None for form in FORM_CODES], pa.string()).take(pa.array(words.form))
    columns = {"name": words.keys(), "form": forms, "postcode": both["postcode"], "side": side}
    pq.write_table(pa.table({"record_id": np.arange(len(side))} | columns), folder / "both.parquet")


def matched(folder: Path) -> None:
    """Kvar's part, in a process of its own: entries by record, and the figures as JSON on the way out."""
    start = time.perf_counter()
    records, register = (pq.read_table(folder / f"{name}.parquet") for name in ("records", "register"))
    clusters = match(records, register).clusters
    seconds = time.perf_counter() - start
    pq.write_table(clusters, folder / "ours.parquet")
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM"))
    told = {"seconds": seconds, "cpu": time.process_time(), "peak_kb": int(peak.split()[1])}
    sys.stdout.write(json.dumps(told))


def ours(folder: Path, made: names.Made) -> Run:
    """Kvar's entries."""
    told = _told([sys.executable, __file__, "--ours", str(folder)])
    given = pq.read_table(folder / "ours.parquet")["entry"].to_pylist()
    row = {f"SE-ON-{number}": at for at, number in enumerate(made.register["number"].to_pylist())}
    entry = np.array([row.get(key, -1) for key in given])
    return Run(entry, np.where(entry >= 0, 0.0, -np.inf), told["seconds"], told["cpu"], told["peak_kb"] / 1024**2)


def splink(folder: Path, made: names.Made, model: str) -> Run:
    """Splink's best pair of each record."""
    target = folder / f"{model}.parquet"
    told = _told(
        [str(SPLINK), str(ROOT / "bench" / "splink_peer.py"), model, str(folder / "both.parquet"), str(target)]
    )
    pairs = pq.read_table(target)
    left, right, weight = (pairs[name].to_numpy() for name in ("left", "right", "weight"))
    swapped = left > right
    left, right = np.where(swapped, right, left), np.where(swapped, left, right)
    n = made.records.num_rows
    entry, best = np.full(n, -1), np.full(n, -np.inf)
    order = np.lexsort((right, -weight, left))
    first = order[np.r_[True, left[order][1:] != left[order][:-1]]] if len(order) else order
    entry[left[first]], best[left[first]] = right[first] - n, weight[first]
    return Run(entry, best, told["seconds"], told["cpu"], told["peak_kb"] / 1024**2)


def _told(command: list[str]) -> dict[str, float]:
    bounded = ["prlimit", f"--cpu={PATIENCE}", *command]
    done = subprocess.run(bounded, check=True, capture_output=True, text=True, timeout=LONGEST)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def scores(run: Run, truth: Ints, at: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of entries given with a weight of `at` or more."""
    given = (run.entry >= 0) & (run.weight >= at)
    right = float((given & (run.entry == truth)).sum())
    precision, recall = right / max(1, given.sum()), right / max(1, (truth >= 0).sum())
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def best(run: Run, truth: Ints) -> float:
    """The whole number of bits with the highest F1."""
    return max(range(-4, 60), key=lambda at: scores(run, truth, at)[2])


def line(name: str, size: str, n: int, run: Run, got: tuple[float, float, float]) -> str:
    """A row of the table."""
    cells = [size, name, f"{run.seconds:.0f}", f"{run.cpu:.0f}", f"{n / run.seconds:,.0f}", f"{run.peak:.1f}"]
    return "| " + " | ".join([*cells, *(f"{share:.3f}" for share in got)]) + " |\n"


def compare(records: int, register: int, models: tuple[str, ...]) -> str:
    """Rows of one size on standard output; the name of Splink's best model."""
    made = names.make(records, register)
    size = f"{records:,} × {register:,}"
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, made)
        run = ours(folder, made)
        sys.stdout.write(line("Kvar", size, records, run, scores(run, made.truth, 0.0)))
        sys.stdout.flush()
        for model in models:
            found[model] = _peer(lambda model=model: splink(folder, made, model), model, size, made)
    return max(found, key=lambda model: found[model])


def _peer(job: Callable[[], Run], model: str, size: str, made: names.Made) -> float:
    """Splink's row; its F1, 0 when it did not get there."""
    name = f"Splink, {model}"
    try:
        run = job()
    except subprocess.TimeoutExpired:
        sys.stdout.write(f"| {size} | {name} | not done in {LONGEST} s | | | | | | |\n")
        return 0.0
    except subprocess.CalledProcessError as error:
        late = error.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
        why = f"not done in {PATIENCE} s of processor" if late else error.stderr.splitlines()[-1][:80]
        sys.stdout.write(f"| {size} | {name} | {why} | | | | | | |\n")
        return 0.0
    got = scores(run, made.truth, best(run, made.truth))
    sys.stdout.write(line(name, size, made.records.num_rows, run, got))
    sys.stdout.flush()
    return got[2]


def main() -> None:
    """A table; Splink's model that is best at a tenth of the size is the one for the whole."""
    if "--ours" in sys.argv:
        matched(Path(sys.argv[2]))
        return
    records, register = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (200_000, 1_500_000)
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, load"
                     f" {os.getloadavg()[0]:.1f} at the start.\n\n| names × firms | by | seconds | cpu s | names/s"
                     " | peak GB | precision | recall | F1 |\n|---|---|---|---|---|---|---|---|---|\n")  # fmt: skip
    model = compare(records // 10, register // 10, MODELS)
    compare(records, register, (model,))


if __name__ == "__main__":
    main()
