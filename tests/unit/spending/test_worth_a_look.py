"""Worth a look: with evidence, never under an advertised contract, and nothing told without a contract register."""

from datetime import date
from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.core.messages import LANGUAGES, catalogue
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.contract_file import load_register_file
from kvar.spending.figure import Question
from kvar.spending.reviews import add_review, reviews
from kvar.spending.worth_a_look import WorthALook, worth_a_look
from kvar.suppliers.labels import build

HEAD = "Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext;Fakturanummer\n"
LEDGER = (
    HEAD
    + """Städ A AB;559900-0014;500000,00;2024-03-01;6130;Lokalvård;1
Städ A AB;559900-0014;400000,00;2024-04-20;6130;Lokalvård;2
Okänt slag AB;559900-0121;900000,00;2024-04-20;9999;Zzz;3
"""
)
CONTRACTS = "Leverantör;Org.nr;Avtal;Start;Slut;Annonserad\nAnnan AB;559900-0238;Annat;2023-01-01;2027-01-01;ja\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    (tmp_path / "r.csv").write_text(LEDGER, encoding="utf-8")
    anchor = Anchor("a", "A", "SE", "1480")
    (done,) = import_files([tmp_path / "r.csv"], store=made, anchor=anchor, options=Options())
    assert done.batch is not None
    build(made, [done.batch])
    return made


def looked(store: Store, contracts: str = "") -> WorthALook:
    if contracts:
        path = store.root / "avtal.csv"
        path.write_text(contracts, encoding="utf-8")
        load_register_file(path, store=store, anchor="a", country="SE", by="x")
    batches = [ref for ref, _ in store.batches()]
    question = Question("1480", 202401, 202412, ("a",))
    return worth_a_look(store, batches, question, gazetteer=Gazetteer.load(), day=date(2026, 11, 27))


def shown(found: WorthALook) -> list[tuple[str, str | None, int]]:
    return sorted((look.test, look.category, look.amount) for look in found.looks)


def test_without_a_register_only_concentration_is_told(store: Store) -> None:
    found = looked(store)
    assert not found.with_register
    assert {look.test for look in found.looks} == {"concentration"}


def test_what_no_contract_covers(store: Store) -> None:
    found = looked(store, CONTRACTS)
    assert ("S1", "Lokalvård", 90_000_000) in shown(found)
    assert ("S2", "Lokalvård", 90_000_000) in shown(found)
    assert ("no_contract", "Lokalvård", 90_000_000) in shown(found)
    assert found.without_contract == 180_000_000
    assert found.not_assessed == {"kind": 1}, "an unknown kind has no certain limit"
    limit = next(look.limit for look in found.looks if look.test == "S1")
    assert limit is not None
    assert limit.value == 700_000


def test_purchases_under_an_advertised_contract_are_never_looked_at(store: Store) -> None:
    lots = CONTRACTS + "Städ A AB;559900-0014;Städ;2023-01-01;2027-01-01;ja\n"
    assert {look.test for look in looked(store, lots).looks if look.category == "Lokalvård"} == {"concentration"}


def test_a_contract_that_does_not_say_is_left_out_and_counted(store: Store) -> None:
    found = looked(store, CONTRACTS + "Städ A AB;559900-0014;Städ;2023-01-01;2027-01-01;\n")
    assert found.not_assessed["unknown_advertised"] == 2
    assert not {"S1", "S2", "no_contract"} & {look.test for look in found.looks if look.category == "Lokalvård"}


def test_ids_stay_so_that_answers_keep_their_look(store: Store) -> None:
    first, again = looked(store, CONTRACTS), looked(store)
    assert [look.id for look in first.looks] == [look.id for look in again.looks]
    assert len({look.id for look in first.looks}) == len(first.looks)
    look = first.looks[0].id
    add_review(store, "a", look, note="Ramavtal finns, 811228-9874", by="o@example.org")
    add_review(store, "a", look, note="Rättat i registret", by="o@example.org")
    assert [item.note for item in reviews(store, "a")[look]] == ["Rättat i registret", "Ramavtal finns, ******-****"]


@pytest.mark.parametrize(("look", "note"), [("../../etc", "x"), ("0" * 16, " ")])
def test_answers_that_are_none(store: Store, look: str, note: str) -> None:
    with pytest.raises(KvarError):
        add_review(store, "a", look, note=note, by="x")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wording_never_accuses(language: str) -> None:
    texts = " ".join(text for code, text in catalogue(language).items() if code.startswith("worth.")).lower()  # type: ignore[arg-type]
    for word in ("brott", "fusk", "olaglig", "misstänk", "fraud", "illegal", "suspicious", "violation", "skyldig"):
        assert word not in texts
