"""Who was paid, on real labels: ours beside exact names and Splink, on the half of each set kept out of all tuning.

Thresholds and Splink's model are chosen by F1 on the tuning half. `--write` puts the tables into
docs/explanation/who-was-paid.md; `--tuning` shows the tuning half instead, to look at while working.
"""

import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from labelled import SETS, Labelled

from kvar.suppliers.evaluate import DRAWS, Estimate, Pair, Quality, components, measure, pairs_sharing, pairs_within
from kvar.suppliers.match import match
from kvar.suppliers.normalise import normalise
from kvar.suppliers.weights import Thresholds, thresholds

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "who-was-paid.md"
SPLINK = ROOT / ".venv-splink" / "bin" / "python"
MODELS = [(model, labels) for model in ("names", "both") for labels in (False, True)]
PATIENCE = 300  # seconds of processor for one run of Splink; one that needs more is left out, and said
LOWEST = -12.0  # bits; pairs below are not looked at
LARGEST = 300  # a threshold that joins more names than this into one supplier is no threshold
Scored = list[tuple[int, int, float]]


@dataclass(frozen=True, slots=True)
class Set:
    """A labelled set with what the labels say: true pairs, those not judged, components, and the two halves."""

    made: Labelled
    true: set[Pair]
    unsure: set[Pair]
    units: list[int]
    tuning: list[bool]

    def quality(
        self, scored: Scored, at: float, *, tuning: bool, settled: bool, draws: int = DRAWS
    ) -> Quality | None:
        """Joined at `at` or more, on one half; None when that joins nearly all."""
        clusters = components(len(self.units), ((a, b) for a, b, weight in scored if weight >= at))
        if max(Counter(clusters).values()) > LARGEST:
            return None
        keep = [half == tuning for half in self.tuning]
        ignored = self.unsure if settled else set()
        return measure(pairs_within(clusters), self.true, self.units, keep=keep, ignored=ignored, draws=draws)


def prepared(made: Labelled) -> Set:
    """The set with its truth."""
    return Set(made, made.true(), made.unsure(), made.units(), made.half(True))


def exact(one: Set) -> Scored:
    """Names equal after normalising."""
    return [(a, b, 0.0) for a, b in pairs_sharing([{normalise(name)} for name in one.made.names])]


def ours(one: Set) -> Scored:
    """Pairs with their bits, from the names alone."""
    n = len(one.made.names)
    records = pa.table(
        {"record_id": [str(i) for i in range(n)], "name": one.made.names, "country": [one.made.country] * n}
    )
    pairs = match(records, None, limits=Thresholds(upper=1e9, lower=LOWEST)).pairs.to_pydict()
    return _scored(map(int, pairs["left"]), map(int, pairs["right"]), pairs["weight"])


def splink(one: Set, model: str, labels: bool) -> Scored:
    """Splink's pairs with their match weights, in a process and an environment of its own."""
    n = len(one.made.names)
    with tempfile.TemporaryDirectory() as folder:
        records, found, known = (Path(folder) / f"{name}.parquet" for name in ("records", "found", "known"))
        names = [normalise(name) for name in one.made.names]
        nothing = pa.nulls(n, pa.string())
        columns = {"record_id": range(n), "name": names, "form": nothing, "postcode": nothing, "side": [0] * n}
        pq.write_table(pa.table(columns), records)
        told = sorted((a, b) for a, b in one.true - one.unsure if one.tuning[a] and one.tuning[b])
        pq.write_table(pa.table({"left": [a for a, _ in told], "right": [b for _, b in told]}), known)
        command = [SPLINK, ROOT / "bench" / "splink_peer.py", model, records, found, *([known] if labels else [])]
        bounded = ["prlimit", f"--cpu={PATIENCE}", *command]
        if subprocess.run(bounded, check=False, capture_output=True).returncode:
            sys.stderr.write(f"Splink {model} (m from labels: {labels}) did not end on {one.made.key}\n")
            return []
        pairs = pq.read_table(found).to_pydict()
    return _scored(pairs["left"], pairs["right"], pairs["weight"])


def _scored(left: Iterable[int], right: Iterable[int], weight: Sequence[float]) -> Scored:
    return [(min(a, b), max(a, b), w) for a, b, w in zip(left, right, weight, strict=True)]


def best(one: Set, scored: Scored, *, settled: bool) -> tuple[float, float]:
    """The whole number of bits with the highest F1 on the tuning half, and that F1."""
    seen = []
    for at in range(int(LOWEST), 25):
        got = one.quality(scored, at, tuning=True, settled=settled, draws=0)
        if got and got.f1.value > 0:
            seen.append((got.f1.value, float(at)))
    f1, at = max(seen, default=(0.0, 0.0))
    return at, f1


def rows(one: Set, peers: dict[str, Scored], *, tuning: bool, settled: bool) -> list[str]:
    """Table rows of one set under one reading of the labels."""
    found = []
    mine = ours(one)
    upper = thresholds("ledger").upper
    jobs = [("exact names", exact(one), 0.0), (f"ours at {upper} bits", mine, upper)]
    at, _ = best(one, mine, settled=settled)
    jobs.append((f"ours, best on the tuning half ({at:.0f})", mine, at))
    if peers:
        name, (at, _) = max(
            ((name, best(one, scored, settled=settled)) for name, scored in peers.items()), key=lambda row: row[1][1]
        )
        jobs.append((f"Splink, best on the tuning half ({name}, {at:.0f})", peers[name], at))
    for name, scored, limit in jobs:
        got = one.quality(scored, limit, tuning=tuning, settled=settled)
        if got:
            found.append(f"| {one.made.key} | {name} | {row_of(got)} |")
    return found


def row_of(got: Quality) -> str:
    """Cells of a table: precision, recall, F1, B-cubed F1, pairs right."""
    return " | ".join([*map(_share, (got.precision, got.recall, got.f1)), f"{got.cubed_f1.value:.3f}",
                       f"{got.right} of {got.true}"])  # fmt: skip


def _share(share: Estimate) -> str:
    return f"{share.value:.3f} ({share.low:.3f}–{share.high:.3f})"


def report(keys: Sequence[str], *, tuning: bool, peer: bool) -> str:
    """Two tables, one a reading of the labels."""
    sets = [prepared(SETS[key]()) for key in keys]
    peers = [
        {f"{m}{', m from labels' if k else ''}": splink(one, m, k) for m, k in MODELS} if peer else {} for one in sets
    ]
    parts = [f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores.\n"]
    for settled, title in ((False, "As the senders' numbers say"), (True, "Where the numbers settle it")):
        parts.append(f"\n**{title}**\n\n| set | joined by | precision | recall | F1 | B-cubed F1 | pairs right |\n"
                     "|---|---|---|---|---|---|---|\n")  # fmt: skip
        parts += [f"{row}\n" for one, their in zip(sets, peers, strict=True)
                  for row in rows(one, their, tuning=tuning, settled=settled)]  # fmt: skip
    return "".join(parts)


def written(page: str, mark: str, text: str) -> str:
    """The page with what stands between `<!-- mark -->` and `<!-- /mark -->` made anew."""
    head, _, rest = page.partition(f"<!-- {mark} -->\n")
    _, _, tail = rest.partition(f"<!-- /{mark} -->")
    return f"{head}<!-- {mark} -->\n{text}<!-- /{mark} -->{tail}"


def main() -> None:
    """Print or write the tables; sets may be named."""
    keys = [word for word in sys.argv[1:] if not word.startswith("-")] or list(SETS)
    text = report(keys, tuning="--tuning" in sys.argv, peer=SPLINK.exists() and "--alone" not in sys.argv)
    if "--write" in sys.argv:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), "labelled", text), encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
