"""An attacker against releases: how many withheld figures can be worked out, without the gate and with it.

    .venv/bin/python bench/attack_release.py [--tables 200] [--scale 0.1]

Naive: each figure is judged by itself (three anchors, three suppliers, p %-rule) and those that fail are withheld;
nothing else is. Ours: `kvar.spending.release`. A figure is *recovered* when the attacker's linear program leaves less
than 15 % on one side of what it is, *exactly* when it leaves less than a hundredth of a krona. All is invented: the
example town and random tables.
"""

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from kvar.cli.demo import load_town
from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.release import own
from kvar.spending.release.audit import Leak
from kvar.spending.release.gate import gate, leaks
from kvar.spending.release.known import Earlier
from kvar.spending.release.reading import sums
from kvar.spending.release.sheet import Key, Part, Sheet, behind, keys_of
from kvar.spending.release.table import table, told

ROWS, COLUMNS = [f"kind {n}" for n in range(6)], [f"place {n}" for n in range(4)]
EXACT = 1.0  # öre


def random_sheets(rng: random.Random) -> list[Sheet]:
    """Five anchors of very unlike size, six kinds, four places; a third of the cells empty."""
    return [_random_sheet(rng, f"anchor {n}", size) for n, size in enumerate((45, 25, 12, 10, 8))]


def _random_sheet(rng: random.Random, anchor: str, size: int) -> Sheet:
    cells = {
        (row, column): (max(100, int(size * 1e6 * rng.lognormvariate(0, 1))), rng.choice((1, 2, 3, 4, 8, 20)))
        for row in ROWS
        for column in COLUMNS
        if rng.random() < 2 / 3
    } or {(ROWS[0], COLUMNS[0]): (100, 3)}
    figures = {}
    for key in keys_of(cells):
        parts = [cells[cell] for cell in behind(key, cells)]
        figures[key] = Part(sum(amount for amount, _ in parts), max(n for _, n in parts), 1)
    return Sheet(anchor, figures)


def released(sheets: Sequence[Sheet], earlier: Sequence[Earlier] = ()) -> set[Key]:
    """What the gate lets out."""
    try:
        return set(gate(sheets, earlier).told)
    except KvarError:
        return set()


def count(found: Iterable[Leak], tally: Counter[str]) -> None:
    """Add leaks to a tally, each amount once whoever finds it."""
    leaked = list(found)
    tally["recovered"] += len({leak.target.name for leak in leaked})
    tally["by the public"] += len({leak.target.name for leak in leaked if leak.attacker is None})
    exact = {leak.target.name for leak in leaked if leak.interval.high - leak.interval.low < EXACT}
    tally["exactly"] += len(exact)


def random_tables(n: int) -> dict[str, Counter[str]]:
    """Both ways on random tables."""
    rng, tallies = random.Random(2026), {"naive": Counter(), "ours": Counter()}
    for _ in range(n):
        sheets = random_sheets(rng)
        for name, shown in (("naive", told(table(sheets))), ("ours", released(sheets))):
            tallies[name]["tables"] += 1
            tallies[name]["told"] += len(shown)
            tallies[name]["withheld"] += len(table(sheets)) - len(shown)
            count(leaks(sheets, shown) if shown else (), tallies[name])
    return tallies


def joining(n: int) -> dict[str, Counter[str]]:
    """Both ways when four anchors have told a year and a fifth wants to be added: what is worked out of its books."""
    rng, tallies = random.Random(2027), {"naive": Counter(), "ours": Counter()}
    for _ in range(n):
        *first, fifth = random_sheets(rng)
        for name, tell in (("naive", lambda sheets: told(table(sheets))), ("ours", released)):
            figures, shown_first = table(first), tell(first)
            before = {key: figures[key].amount or 0 for key in shown_first}
            earlier = [Earlier(1, tuple(one.anchor for one in first), before)]
            shown = tell([*first, fifth]) if name == "naive" else released([*first, fifth], earlier)
            tallies[name]["tables"] += 1
            tallies[name]["told"] += len(shown)
            tallies[name]["withheld"] += len(table([*first, fifth])) - len(shown)
            found = leaks([*first, fifth], shown, earlier) if shown else ()
            count((leak for leak in found if set(leak.target.amounts) == {fifth.anchor}), tallies[name])
    return tallies


def town(scale: float) -> dict[str, Counter[str]]:
    """Both ways on every anchor's own table of every year in the example town."""
    tallies: dict[str, Counter[str]] = {"naive": Counter(), "ours": Counter()}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        load_town(store, scale)
        batches = [ref for ref, _ in store.batches()]
        gazetteer = Gazetteer.load(store.root / "places")
        for anchor in sorted({ref.anchor.slug for ref in batches}):
            for year in range(2019, 2025):
                found = sums(store, batches, anchor, year, gazetteer=gazetteer)
                sheet = own.own_sheet(anchor, found)
                ours = {key for key, part in sheet.figures.items() if part.amount is not None}
                for name, shown in (("naive", {k for k in found if not own.single(found[k])}), ("ours", ours)):
                    tallies[name]["tables"] += 1
                    tallies[name]["told"] += len(shown)
                    tallies[name]["withheld"] += len(found) - len(shown)
                    count(own.leaks(anchor, found, shown), tallies[name])
    return tallies


def show(title: str, tallies: dict[str, Counter[str]]) -> None:
    """A table of counts."""
    names = ("tables", "told", "withheld", "recovered", "exactly", "by the public")
    print(f"\n{title}\n{'':8}" + "".join(f"{name:>15}" for name in names))
    for way, tally in tallies.items():
        print(f"{way:8}" + "".join(f"{tally[name]:>15}" for name in names))


def main() -> None:
    """Print both tables; a leak of ours ends with 1."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--tables", type=int, default=200)
    asked.add_argument("--scale", type=float, default=0.1)
    options = asked.parse_args()
    found = random_tables(options.tables)
    show("Random tables, five anchors, six kinds, four places", found)
    joined = joining(options.tables)
    show("The same, four have told the year and a fifth joins: its own amounts", joined)
    invented = town(options.scale)
    show("The example town, each anchor's own table of a year", invented)
    raise SystemExit(int(bool(sum(ways["ours"]["recovered"] for ways in (found, joined, invented)))))


if __name__ == "__main__":
    main()
