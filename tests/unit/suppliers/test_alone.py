"""Two at one moment: one matching of what is new, and labels of the last word."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.suppliers.alone import alone
from kvar.suppliers.deeds import merge
from kvar.suppliers.events import events
from kvar.suppliers.keys import Ids
from kvar.suppliers.labels import build
from kvar.suppliers.matching import match_new

HEAD = "Leverantör;Belopp;Datum;Konto;Kontotext\n"
WAITING = """
import sys
from pathlib import Path
from kvar.ledger.store import Store
from kvar.suppliers.matching import match_new
store = Store(Path(sys.argv[1]))
batches = [ref for ref, _ in store.batches()]
print("ready", flush=True)
sys.stdin.readline()
match_new(store, batches)
"""


def load(store: Store, month: int, names: range) -> None:
    path = store.root.parent / f"{month}.csv"
    rows = (f"Firma {chr(97 + n // 26)}{chr(97 + n % 26)}vik AB;{n},00;2024-{month:02}-05;6440;Mat\n" for n in names)
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    (done,) = import_files([path], store=store, anchor=Anchor("staden", "S", "SE", "1480"), options=Options())
    assert done.batch is not None, done.error


def at_once(store: Store) -> None:
    """A matching of all in two processes, begun together when both are loaded."""
    command = [sys.executable, "-c", WAITING, str(store.root)]
    with ExitStack() as stack:
        running = [
            stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
            )
            for _ in range(2)
        ]
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in running:
            assert process.stdin is not None
            process.stdin.write("go\n")
        assert [process.wait(60) for process in running] == [0, 0]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    load(made, 1, range(1, 200))
    match_new(made, [ref for ref, _ in made.batches()])
    load(made, 2, range(150, 400))
    return made


def test_of_two_runs_at_once_one_matches_and_the_other_finds_nothing_new(store: Store) -> None:
    at_once(store)
    first, second = events(store)
    assert len(first.what["seen"]) == 199
    assert len(second.what["seen"]) == 200
    assert not set(first.what["seen"]) & set(second.what["seen"])
    (kept,) = (store.root / "suppliers" / "known").glob("*/*")
    assert kept.name.startswith("399-")


def test_labels_wait_for_others_and_then_know_what_was_decided_meanwhile(store: Store) -> None:
    batches = [ref for ref, _ in store.batches()]
    build(store, batches)
    one, other = list(Ids(store).known)[:2]
    with ThreadPoolExecutor(1) as pool:
        with alone(store, "labels"):
            waiting = pool.submit(build, store, batches)
            assert wait([waiting], timeout=5).not_done
            merge(store, one, other, by="ann@x", reason="Samma")
        waiting.result(60)
    labelled = set(pq.read_table(store.root / "suppliers" / "labels.parquet")["supplier"].to_pylist())
    assert set(Ids(store).known.values()) - labelled == {Ids(store).known[other]}
