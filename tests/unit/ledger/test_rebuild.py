"""A store of an earlier version says so and is read again from its bytes."""

import json
from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.rebuild import rebuild
from kvar.ledger.store import Store

LEDGER = "Leverantör;Org.nr;Belopp;Datum\nBageriet AB;559900-0014;400,00;2024-01-05\n"


ANCHOR = Anchor("a", "A", "SE", "1480")


def outdated(folder: Path, months: int) -> Store:
    """A store with `months` batches that an earlier version made."""
    store = Store(folder / "store")
    paths = [folder / f"{month}.csv" for month in range(1, months + 1)]
    for month, path in enumerate(paths, 1):
        path.write_text(LEDGER.replace("2024-01", f"2024-{month:02}"), encoding="utf-8")
    for done in import_files(paths, store=store, anchor=ANCHOR, options=Options()):
        assert done.batch is not None
        told = done.batch.folder / "report.json"
        report = json.loads(told.read_text(encoding="utf-8"))
        told.write_text(json.dumps(report | {"format": 0}), encoding="utf-8")
    return store


def test_several_old_batches_are_all_read_again(tmp_path: Path) -> None:
    store = outdated(tmp_path, 3)
    assert [item.error for item in rebuild(store)] == [None] * 3
    assert len(list(store.batches())) == 3
    assert list((store.root / "tmp").iterdir()) == []


def test_a_batch_that_is_refused_now_stays_as_it_was(tmp_path: Path) -> None:
    store = outdated(tmp_path, 2)
    lost, kept = store.outdated()
    told = store.root / "batches" / lost["id"] / "report.json"
    columns = lost["mapping"] | {"columns": {"amount": "Finns inte"}, "source": "own"}
    told.write_text(json.dumps({**lost, "mapping": columns}), encoding="utf-8")
    refused, done = rebuild(store)
    assert refused.error is not None
    assert done.error is None
    assert [report["id"] for report in store.outdated()] == [lost["id"]]
    assert [ref.id for ref, _ in store.batches(but={lost["id"]})] == [kept["id"]]


def test_a_replacing_cut_off_is_put_back(tmp_path: Path) -> None:
    store = outdated(tmp_path, 1)
    (report,) = store.outdated()
    (store.root / "batches" / report["id"]).rename(store.root / "tmp" / f"replaced-{report['id']}")
    (done,) = rebuild(store)
    assert done.error is None
    assert [ref.id for ref, _ in store.batches()] == [report["id"]]


def test_old_batches_are_refused_by_name_and_read_again(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "store"), tmp_path / "januari.csv"
    path.write_text(LEDGER, encoding="utf-8")
    (done,) = import_files([path], store=store, anchor=Anchor("a", "A", "SE", "1480"), options=Options())
    assert done.batch is not None
    told = done.batch.folder / "report.json"
    report = json.loads(told.read_text(encoding="utf-8"))
    del report["format"]
    told.write_text(json.dumps(report), encoding="utf-8")
    path.unlink()
    with pytest.raises(KvarError) as caught:
        list(store.batches())
    assert caught.value.code == "ledger.store.format"
    (again,) = rebuild(store)
    assert again.error is None
    assert again.batch is not None
    assert again.batch.id == done.batch.id
    assert [(item.loaded, item.sum_positive_minor) for item in again.tables] == [(1, 400_00)]
    assert store.outdated() == []


def test_a_batch_that_names_an_estate_is_asked_to_be_read_again(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "store"), tmp_path / "januari.csv"
    path.write_text(LEDGER + "Kanariefrida Dödsbosson;155900-0128;200,00;2024-01-05\n", encoding="utf-8")
    (done,) = import_files([path], store=store, anchor=ANCHOR, options=Options())
    assert done.batch is not None
    told = done.batch.folder / "report.json"
    told.write_text(json.dumps(json.loads(told.read_text(encoding="utf-8")) | {"format": 2}), encoding="utf-8")
    with pytest.raises(KvarError) as caught:
        list(store.batches())
    assert caught.value.code == "ledger.store.format"
    assert [item.error for item in rebuild(store)] == [None]
    ((ref, _),) = store.batches()
    assert b"Kanariefrida" not in (ref.folder / "payees.parquet").read_bytes()
