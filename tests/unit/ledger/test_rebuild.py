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
