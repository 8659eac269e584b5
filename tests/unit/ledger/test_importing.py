"""Whole batch or no batch: the store after imports, refusals, kills and a full disk."""

import multiprocessing
import os
import re
import resource
import signal
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kvar.ledger.importing import Imported, Options, import_files
from kvar.ledger.model import CATEGORIES, LINES, PAYEES, ROLLUP, Anchor
from kvar.ledger.store import Store

ANCHOR = Anchor("alvhamn", "Älvhamns kommun", "SE", "9901")
ROWS = "".join(f"Företag {n} AB;{n},50;2024-{n % 12 + 1:02}-01\n" for n in range(1, 200))
TEXT = f"Leverantör;Belopp;Datum\n{ROWS}"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "reskontra.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def one(path: Path, store: Store, **options: object) -> Imported:
    return next(import_files([path], store=store, anchor=ANCHOR, options=Options(**options)))  # type: ignore[arg-type]


def test_a_batch_has_every_table_in_its_schema(ledger: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    batch = one(ledger, store).batch
    assert batch is not None
    for name, schema in (("lines", LINES), ("payees", PAYEES), ("categories", CATEGORIES), ("rollup", ROLLUP)):
        assert pq.read_schema(batch.folder / f"{name}.parquet").equals(schema)
    total = sum(pq.read_table(batch.folder / "lines.parquet")["amount"].to_pylist())
    assert total == sum(n * 100 + 50 for n in range(1, 200))


def test_the_bytes_are_kept_unchanged(ledger: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    sha256 = one(ledger, store).tables[0].sha256
    assert store.raw_path(sha256).read_bytes() == ledger.read_bytes()


def test_the_same_file_is_recognised(ledger: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    one(ledger, store)
    again = one(ledger, store)
    assert again.error is not None
    assert again.error.code == "ledger.batch.same_file"
    assert len(list(store.batches())) == 1


def test_undo_and_again(ledger: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    batch = one(ledger, store).batch
    assert batch is not None
    store.remove_batch(batch.id)
    assert list(store.batches()) == []
    assert one(ledger, store).batch == batch


@pytest.mark.parametrize(("total", "code"), [(1990000 + 9950, None), (1, "ledger.control_total.differs")])
def test_control_total(ledger: Path, tmp_path: Path, total: int, code: str | None) -> None:
    found = one(ledger, Store(tmp_path / "store"), control_total=total)
    assert (found.error.code if found.error else None) == code


def test_a_month_a_tenth_of_its_neighbours_speaks_up(tmp_path: Path) -> None:
    store, files = Store(tmp_path / "store"), []
    for month, n in ((3, 500), (4, 20), (5, 500)):
        path = tmp_path / f"2024-{month:02}.csv"
        path.write_text("Leverantör;Belopp;Datum\n" + f"A AB;1,00;2024-{month:02}-05\n" * n, encoding="utf-8")
        files.append(path)
    done = list(import_files(files, store=store, anchor=ANCHOR, options=Options()))
    assert [[n.code for n in item.notices] for item in done] == [[], ["ledger.notice.small_month"], []]


def _import_forever(path: Path, root: Path, begun: str) -> None:
    os.setpgrp()
    store = Store(root)
    while True:
        found = one(path, store)
        (root / begun).touch()
        if found.batch:
            store.remove_batch(found.batch.id)


def _wait_for_a_first_batch(sign: Path) -> None:
    for _ in range(600):
        if sign.exists():
            return
        time.sleep(0.1)
    pytest.fail("the importer did not begin within a minute")


def test_kill_leaves_a_whole_batch_or_none(ledger: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    for attempt in range(4):
        child = context.Process(target=_import_forever, args=(ledger, tmp_path / "store", f"begun-{attempt}"))
        child.start()
        _wait_for_a_first_batch(tmp_path / "store" / f"begun-{attempt}")
        time.sleep(0.05 + attempt * 0.07)
        assert child.pid is not None
        os.killpg(child.pid, signal.SIGKILL)
        child.join()
        for ref, report in Store(tmp_path / "store").batches():
            assert pq.read_table(ref.folder / "lines.parquet").num_rows == report["tables"][0]["loaded"] == 199
    store = Store(tmp_path / "store")
    for ref, _ in list(store.batches()):
        store.remove_batch(ref.id)
    assert one(ledger, store).batch is not None


def _small_disk(path: Path, root: Path, answers: "multiprocessing.Queue[str]") -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    found = one(path, Store(root))
    answers.put(found.error.code if found.error else "none")


def test_a_full_disk_leaves_nothing(ledger: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[str] = context.Queue()
    child = context.Process(target=_small_disk, args=(ledger, tmp_path / "store", answers))
    child.start()
    assert answers.get(timeout=60) == "ledger.disk.full"
    child.join()
    store = Store(tmp_path / "store")
    assert list(store.batches()) == []
    assert one(ledger, store).batch is not None


def test_persons_leave_no_number_behind(tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    path.write_text(
        "Leverantör;Org.nr;Belopp;Datum;Fakturanr;Beskrivning\n"
        "Test Testsson;811228-9874;10,00;2024-03-01;19811228-9874;Avser 8112289874\n"
        "Bageriet AB 811228-9874;;20,00;2024-03-01;1;x\n",
        encoding="utf-8",
    )
    store = Store(tmp_path / "store")
    batch = one(path, store).batch
    assert batch is not None
    for file in batch.folder.iterdir():
        content = pq.read_table(file).to_pylist() if file.suffix == ".parquet" else file.read_text()
        assert not re.search("811228[- ]?9874", str(content))
        assert "Testsson" not in str(content)
    payees = pq.read_table(batch.folder / "payees.parquet").to_pylist()
    assert [payee["is_person"] for payee in payees] == [True, True]
