"""Who is who on screen: one pair at a time, own payees only, joined, split and taken back, each with a reason."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from kvar.ledger.importing import Options, import_files
from kvar.organisations.models import Organisation
from kvar.organisations.uploads import store
from kvar.suppliers import asking
from kvar.suppliers.deeds import state_of
from kvar.suppliers.events import add_event, events
from kvar.suppliers.labels import build

SignIn = Callable[[str], Client]
PAGE = "/sv/arbetsbord/ours/vem-ar-vem/"
LEDGER = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext
Bageriet Ekorren AB;559900-0014;400,00;2024-01-05;6440;Livsmedel
Bageriet Ekoren;;100,00;2024-01-06;6440;Livsmedel
"""
THEIRS = LEDGER.replace("Ekorren", "Kanarie").replace("Ekoren", "Kanarje").replace("559900-0014", "559900-0022")
ONE, OTHER = "name-SE-bageriet ekoren", "SE-ON-5599000014"


@pytest.fixture
def loaded(anchors: dict[str, Organisation], tmp_path: Path) -> None:
    for slug, text in (("ours", LEDGER), ("theirs", THEIRS)):
        path = tmp_path / f"{slug}.csv"
        path.write_text(text, encoding="utf-8")
        (done,) = import_files([path], store=store(), anchor=anchors[slug].anchor(), options=Options())
        assert done.batch is not None
    lines = [["name", "Bageriet Ekoren", "Bageriet Ekorren AB", "close", 6.5]]
    theirs = ["name-SE-bageriet kanarje", "SE-ON-5599000022"]
    what = {"joins": [], "entries": [], "seen": [ONE, OTHER, *theirs]}
    asked = [[ONE, OTHER, 6.5, lines], [*theirs, 6.5, lines]]
    add_event(store(), "match", by="kvar", reason="", what=what | {"asked": asked})
    build(store(), [ref for ref, _ in store().batches()])


def one_supplier() -> bool:
    state = state_of(store())
    return state.supplier(ONE) == state.supplier(OTHER)


@pytest.mark.usefixtures("loaded")
def test_a_pair_is_shown_with_its_evidence_and_answered(signed_in: SignIn) -> None:
    browser = signed_in("analyst")
    text = browser.get(PAGE).content.decode()
    assert "Är det här samma leverantör?" in text
    assert "Bageriet Ekoren" in text
    assert "500,00" in text
    assert "Kanar" not in text
    assert 'accesskey="1"' in text
    assert "6.5" not in browser.get(f"{PAGE}?blind").content.decode()
    browser.post(PAGE, {"one": ONE, "other": OTHER, "verdict": "same"})
    assert one_supplier()
    text = browser.get(PAGE).content.decode()
    assert "Inga par väntar" in text
    assert "<td>Samma</td>" in text


@pytest.mark.usefixtures("loaded")
def test_joined_split_and_taken_back_with_reasons(signed_in: SignIn) -> None:
    browser = signed_in("analyst")
    assert "Bageriet Ekoren" in browser.get(f"{PAGE}?q=bageriet").content.decode()
    assert browser.post(PAGE, {"key": [ONE, OTHER], "act": "merge"}).status_code == 422
    browser.post(PAGE, {"key": [ONE, OTHER], "act": "merge", "reason": "Stavfel"})
    assert one_supplier()
    assert "Stavfel" in browser.get(PAGE).content.decode()
    browser.post(PAGE, {"undo": "2", "reason": "Ändå inte"})
    assert not one_supplier()
    assert [event.by for event in events(store())][1:] == ["analyst@example.org"] * 2


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "post",
    [
        {"one": "name-SE-bageriet kanarje", "other": "SE-ON-5599000022", "verdict": "same"},
        {"key": ["name-SE-bageriet kanarje", ONE], "act": "merge", "reason": "x"},
        {"key": [ONE], "act": "merge", "reason": "x"},
        {"undo": "1", "reason": "x"},
    ],
)
def test_what_is_not_one_s_own_is_refused(signed_in: SignIn, post: dict[str, object]) -> None:
    before = events(store())
    assert signed_in("analyst").post(PAGE, post).status_code == 422
    assert events(store()) == before


@pytest.mark.usefixtures("loaded")
def test_another_s_undo_is_neither_seen_nor_taken_back(signed_in: SignIn) -> None:
    theirs = {"key": ["name-SE-bageriet kanarje", "SE-ON-5599000022"]}
    add_event(store(), "merge", by="b@example.org", reason="Hemligt skäl", what={"keys": theirs["key"]})
    add_event(store(), "undo", by="b@example.org", reason="Ångrat skäl", what={"event": 2})
    browser = signed_in("analyst")
    text = browser.get(PAGE).content.decode()
    assert "Hemligt skäl" not in text
    assert "Ångrat skäl" not in text
    for number in ("3", "2", "abc", "²", ""):
        assert browser.post(PAGE, {"undo": number, "reason": "x"}).status_code == 422, number
    assert len(events(store())) == 3


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("skip", ["²", "9" * 5000, "-1", "x", "7"])
def test_an_odd_address_shows_a_pair(signed_in: SignIn, skip: str) -> None:
    assert "Är det här samma leverantör?" in signed_in("analyst").get(PAGE, {"skip": skip}).content.decode()


@pytest.mark.usefixtures("loaded")
def test_in_a_blind_round_one_is_told_how_often_one_agreed(
    signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_drawn", lambda *_: True)
    what = {"joins": [[ONE, OTHER, 9.0]], "entries": [], "seen": [ONE, OTHER], "asked": []}
    add_event(store(), "match", by="kvar", reason="", what=what)
    browser = signed_in("analyst")
    assert "Av 1 par" not in browser.get(f"{PAGE}?blind").content.decode()
    browser.post(f"{PAGE}?blind", {"one": ONE, "other": OTHER, "verdict": "different"})
    assert "Av 1 par som matchningen själv har slagit ihop sade du samma om 0." in (
        browser.get(f"{PAGE}?blind").content.decode()
    )
    assert "Av 1 par" not in browser.get(PAGE).content.decode()
    assert "Av 1 par" not in signed_in("administrator").get(f"{PAGE}?blind").content.decode(), "only one's own"
