"""Reports read the stored Parquet a few batches at a time: the same answer however many at once."""

from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor, BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending import facts, stored
from kvar.spending.figure import Question
from kvar.spending.report import report
from kvar.suppliers.labels import build

HEAD = "Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext\n"
ONE, TWO = "Firma Ett AB;559900-0014", "Firma Två AB;559900-0121"
TEXTS = [
    ONE + ";100,00;2021-01-05;6440;Livsmedel\n" + TWO + ";50,00;2021-02-05;7010;Resor\n",
    TWO + ";20,00;2022-03-05;7010;Resor\nSkatteverket;202100-5448;92,00;2022-03-06;2710;Personalskatt\n",
    ONE + ";-30,00;2023-04-05;6440;Livsmedel\n",
]
QUESTION = Question("1480", 202001, 202912)


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Store, list[BatchRef]]:
    """Two anchors with three batches, in a folder whose name holds an apostrophe."""
    store = Store(tmp_path / "O'Brien's store")
    made = []
    for number, text in enumerate(TEXTS, 1):
        path = tmp_path / f"reskontra{number}.csv"
        path.write_text(HEAD + text, encoding="utf-8")
        slug = "staden" if number < 3 else "bolaget"
        (done,) = import_files([path], store=store, anchor=Anchor(slug, slug, "SE", "1480"), options=Options())
        assert done.batch is not None
        made.append(done.batch)
    build(store, made)
    return store, made


def test_the_answer_does_not_depend_on_how_many_at_once(
    kept: tuple[Store, list[BatchRef]], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = report(*kept, QUESTION, gazetteer=Gazetteer.load())
    monkeypatch.setattr(stored, "AT_ONCE", 1)
    assert report(*kept, QUESTION, gazetteer=Gazetteer.load()) == whole
    assert whole.base == 10000 + 5000 + 2000 - 3000
    assert {row.label: row.parts.base for row in whole.by_anchor} == {"staden": 17000, "bolaget": -3000}
    assert [(row.label, row.suppliers, row.n) for row in whole.by_category] == [("Livsmedel", 1, 2), ("Resor", 1, 2)]
    assert [(row.payment_class, row.amount) for row in whole.excluded] == [("tax", 9200)]


def test_one_anchor_alone_and_none(kept: tuple[Store, list[BatchRef]]) -> None:
    alone = report(*kept, Question("1480", 202001, 202912, anchors=("bolaget",)), gazetteer=Gazetteer.load())
    assert (alone.base, alone.panel) == (-3000, ("bolaget",))
    nobody = Question("1480", 202001, 202912, anchors=("ingen",))
    with pytest.raises(KvarError, match="No ledger"), facts.connect(*kept, nobody, Gazetteer.load()):
        pass
