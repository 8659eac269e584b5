"""Örebro's names beside a register whose numbers are known: ours, exact names and Splink, on the held-out half.

    python bench/identity_register.py [--tuning] [--alone]

Half of the numbers, by a hash, is for choosing Splink's threshold and model; ours is the one in use for registers.
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from identity import SPLINK, Scored, row_of
from linked import Linked, orebro

from kvar.suppliers.evaluate import Pair, Quality, components, measure
from kvar.suppliers.match import match
from kvar.suppliers.normalise import normalise

MODELS = ("names", "tokens", "both")


def halves(one: Linked) -> list[bool]:
    """Is each name, then each entry, of the tuning half? By a hash of its number."""
    numbers = [*one.numbers, *(number for _, number in one.entries)]
    return [hashlib.sha256(f"{one.key}/{number}".encode()).digest()[0] % 2 == 0 for number in numbers]


def ours(one: Linked) -> Scored:
    """The entry that each name was given."""
    n = len(one.names)
    records = pa.table({"record_id": [str(i) for i in range(n)], "name": one.names, "country": [one.country] * n})
    place = {f"SE-ON-{number}": n + at for at, (_, number) in enumerate(one.entries)}
    given = match(records, one.register()).clusters["entry"].to_pylist()
    return [(row, place[entry], 0.0) for row, entry in enumerate(given) if entry]


def exact(one: Linked) -> Scored:
    """The entry with the same normalised name, where only one has it."""
    known: dict[str, list[int]] = {}
    for at, (name, _) in enumerate(one.entries):
        known.setdefault(normalise(name), []).append(len(one.names) + at)
    found = [(row, known.get(normalise(name), [])) for row, name in enumerate(one.names)]
    return [(row, at[0], 0.0) for row, at in found if len(at) == 1]


def splink(one: Linked, model: str) -> Scored:
    """Splink's best pair of each name."""
    n = len(one.names)
    names = [normalise(name) for name in [*one.names, *(name for name, _ in one.entries)]]
    nothing = pa.nulls(len(names), pa.string())
    side = [0] * n + [1] * len(one.entries)
    with tempfile.TemporaryDirectory() as folder:
        records, found = Path(folder) / "records.parquet", Path(folder) / "found.parquet"
        columns = {"record_id": range(len(names)), "name": names, "form": nothing, "postcode": nothing, "side": side}
        pq.write_table(pa.table(columns), records)
        subprocess.run(
            [SPLINK, Path(__file__).with_name("splink_peer.py"), model, records, found],
            check=True,
            capture_output=True,
        )
        pairs = pq.read_table(found).to_pydict()
    best: dict[int, tuple[float, int]] = {}
    for a, b, weight in zip(pairs["left"], pairs["right"], pairs["weight"], strict=True):
        best[min(a, b)] = max(best.get(min(a, b), (-99.0, 0)), (weight, max(a, b)))
    return [(row, entry, weight) for row, (weight, entry) in best.items()]


def quality(one: Linked, scored: Scored, at: float, *, tuning: bool, draws: int = 1000) -> Quality:
    """Entries given at `at` bits or more, on one half."""
    true: set[Pair] = one.true()
    units = components(len(one.names) + len(one.entries), true)
    keep = [half == tuning for half in halves(one)]
    return measure({(a, b) for a, b, weight in scored if weight >= at}, true, units, keep=keep, draws=draws)


def main() -> None:
    """Print the rows of a table."""
    one, tuning = orebro(), "--tuning" in sys.argv
    jobs = [("exact names", exact(one), 0.0), ("ours, thresholds in use", ours(one), 0.0)]
    if SPLINK.exists() and "--alone" not in sys.argv:
        tried = [(model, splink(one, model)) for model in MODELS]
        seen = [
            (quality(one, scored, at, tuning=True, draws=0).f1.value, model, at, scored)
            for model, scored in tried
            for at in range(-20, 40)
        ]
        _, model, at, scored = max((row for row in seen if row[0] > 0), key=lambda row: row[0])
        jobs.append((f"Splink, best on the tuning half ({model}, {at})", scored, float(at)))
    sys.stdout.write(f"{len(one.names)} names, {len(one.entries)} entries, {len(one.true())} true pairs\n")
    for name, scored, limit in jobs:
        sys.stdout.write(f"| örebro | {name} | {row_of(quality(one, scored, limit, tuning=tuning))} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
