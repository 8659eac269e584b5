"""What every figure checks first: one currency, and a supplier for every payee."""

from dataclasses import replace
from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor, BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.facts import connect
from kvar.spending.figure import Question
from kvar.suppliers.labels import build

LEDGER = "Leverantör;Org.nr;Belopp;Datum\nBageriet AB;559900-0014;400,00;2024-01-05\n"
QUESTION = Question("1480", 202401, 202412)


def stored(folder: Path) -> tuple[Store, list[BatchRef]]:
    paths = [folder / "januari.csv", folder / "februari.csv"]
    paths[0].write_text(LEDGER, encoding="utf-8")
    paths[1].write_text(LEDGER.replace("2024-01", "2024-02"), encoding="utf-8")
    store = Store(folder / "store")
    list(import_files(paths, store=store, anchor=Anchor("a", "A", "SE", "1480"), options=Options()))
    return store, [ref for ref, _ in store.batches()]


def test_a_batch_without_labels_is_no_zero(tmp_path: Path) -> None:
    store, batches = stored(tmp_path)
    build(store, batches[:1])
    with pytest.raises(KvarError) as caught, connect(store, batches, QUESTION, Gazetteer.load()):
        pass
    assert (caught.value.code, caught.value.values["n"]) == ("spending.unlabelled", 1)
    build(store, batches)
    with connect(store, batches, QUESTION, Gazetteer.load()) as link:
        assert link.execute("select sum(amount)::bigint from facts").fetchall() == [(80_000,)]


def test_two_currencies_are_never_added(tmp_path: Path) -> None:
    store, batches = stored(tmp_path)
    build(store, batches)
    mixed = [batches[0], replace(batches[1], currency="EUR")]
    with pytest.raises(KvarError) as caught, connect(store, mixed, QUESTION, Gazetteer.load()):
        pass
    assert caught.value.code == "spending.currencies"
