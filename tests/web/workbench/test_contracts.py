"""The contract register and Att granska as members use them."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kvar.organisations.models import ImportJob
from kvar.organisations.uploads import store
from kvar.spending.contracts import register_of
from kvar.spending.influence_rules import words
from kvar.spending.reviews import reviews

SignIn = Callable[[str], Client]
REGISTER = "Leverantör;Avtal;Slutdatum\nKanariebageriet AB;Bröd;2027-01-31\nFel AB;Bröd;2027-02-31\n"
AT = "/sv/arbetsbord/ours"


def test_a_register_is_loaded_shown_corrected_and_removed(signed_in: SignIn, anchors: object) -> None:
    browser = signed_in("officer")
    file = SimpleUploadedFile("avtal.csv", REGISTER.encode())
    assert browser.post(f"{AT}/avtal/", {"file": file}).status_code == 302
    text = browser.get(f"{AT}/avtal/").content.decode()
    assert "av 1 avtal har gått ut" in text
    assert "”2027-02-31” är inget datum" in text
    assert "Fel AB" in browser.get(f"{AT}/avtal/fel.csv").content.decode()
    browser.post(f"{AT}/avtal/", {"remove": "1"})
    assert register_of(store(), "ours") is None


def test_a_file_that_is_no_register_changes_nothing(signed_in: SignIn, anchors: object) -> None:
    browser = signed_in("analyst")
    browser.post(f"{AT}/avtal/", {"file": SimpleUploadedFile("avtal.csv", REGISTER.encode())})
    wrong = browser.post(f"{AT}/avtal/", {"file": SimpleUploadedFile("x.csv", b"a;b\n1;2\n")})
    assert wrong.status_code == 422
    assert register_of(store(), "ours") is not None
    assert browser.post(f"{AT}/avtal/", {}).status_code == 422


def test_own_words_with_a_reason(signed_in: SignIn, anchors: object) -> None:
    browser = signed_in("analyst")
    assert browser.post(f"{AT}/paverkan/", {"category": "El", "verdict": "fixed"}).status_code == 422
    browser.post(f"{AT}/paverkan/", {"category": "El", "verdict": "fixed", "reason": "Ett nät"})
    (word,) = words(store(), "ours")
    assert (word.category, word.by) == ("El", "analyst@example.org")
    browser.post(f"{AT}/paverkan/", {"remove": word.at})
    assert words(store(), "ours") == []


def test_only_an_officer_answers_and_strangers_see_nothing(
    signed_in: SignIn, uploaded: Callable[..., ImportJob]
) -> None:
    answer = {"look": "0" * 16, "note": "Ramavtal finns"}
    assert signed_in("analyst").get(f"{AT}/att-granska/").status_code == 200
    assert signed_in("analyst").post(f"{AT}/att-granska/", answer).status_code == 404
    assert signed_in("stranger").get(f"{AT}/att-granska/").status_code == 404
    assert signed_in("officer").post(f"{AT}/att-granska/", answer).status_code == 302
    assert [item.note for item in reviews(store(), "ours")["0" * 16]] == ["Ramavtal finns"]


def test_what_ends_first_stands_first(signed_in: SignIn, anchors: object) -> None:
    browser = signed_in("analyst")
    lines = ["Leverantör;Avtal;Slutdatum", "Sen AB;Sent;2099-12-31", "Tidig AB;Tidigt;2020-01-01", "Utan AB;Öppet;"]
    browser.post(f"{AT}/avtal/", {"file": SimpleUploadedFile("avtal.csv", "\n".join(lines).encode())})
    text = browser.get(f"{AT}/avtal/").content.decode()
    assert "1 av 3 avtal har gått ut eller slutar inom ett år" in text
    assert text.index("Tidig AB") < text.index("Sen AB") < text.index("Utan AB")
