"""The public page and its data: valid OCDS, the same with and without bids, and anyone can check the award."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.organisations.models import Organisation
from kvar.procurement import verifier
from kvar.procurement.actions import answers, drafting, evaluation
from kvar.procurement.actions.cancelling import cancel
from kvar.procurement.models import Procurement

SCHEMAS = Path(__file__).parents[2] / "unit" / "procurement" / "ocds_1_1_5"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def buyer(db: None) -> Organisation:
    return Organisation.objects.create(slug="ours", name="Göteborgs stad", country="SE", place="1480",
                                       org_number="212000-1355")  # fmt: skip


def address(item: Procurement, end: str = "/", lang: str = "sv") -> str:
    return f"/{lang}/1480/upphandling/{item.pk}{end}"


def get(item: Procurement, end: str = "/", lang: str = "sv") -> str:
    answer = Client().get(address(item, end, lang))
    assert answer.status_code == 200, end
    return answer.content.decode()


def valid(text: str) -> dict[str, Any]:
    """The OCDS 1.1.5 package, checked against the standard's own schema."""
    names = ("release-package-schema.json", "release-schema.json")
    schemas = [json.loads((SCHEMAS / name).read_text()) for name in names]
    known = referencing.Registry().with_resources(
        [(one["id"], referencing.Resource.from_contents(one)) for one in schemas]
    )
    made: dict[str, Any] = json.loads(text)
    jsonschema.Draft4Validator(schemas[0], registry=known).validate(made)
    return made


def test_a_plan_without_dialogue_is_not_there(planned: Callable[..., Procurement]) -> None:
    made = planned()
    for end in ("/", ".json", "/eforms.json", "/protokoll-1.json"):
        assert Client().get(address(made, end)).status_code == 404
    assert Client().get(f"/sv/1481/upphandling/{made.pk}/").status_code == 404


def test_a_dialogue_shows_invitation_and_notes_but_no_data_yet(planned: Callable[..., Procurement]) -> None:
    made = planned()
    meeting = drafting.invite(procurement=made, at=timezone.now(), where="Biblioteket", invitation="Kom och tyck")
    drafting.write_notes(meeting=meeting, notes="Mindre delar efterfrågades.")
    page = get(made)
    assert "Kom och tyck" in page
    assert "Mindre delar efterfrågades." in page
    assert Client().get(address(made, ".json")).status_code == 404


def test_the_published_page_in_both_languages(published: Procurement) -> None:
    question = answers.ask(procurement=published, asker=None, text="Får vi dela på jobbet?")
    assert "Får vi dela" not in get(published)
    answers.reply(question=question, text="Ja, två företag får lämna anbud ihop.")
    page = get(published)
    for said in ("Ja, två företag", "Kvalitet", "Anställningar i uppdraget", "40", "Annonsera enligt 19 kap.",
                 "BT-131-Lot"):  # fmt: skip
        assert said in page
    assert "Answers reach everyone at once" in get(published, lang="en")


def test_a_moved_deadline_is_shown_with_what_it_was(published: Procurement) -> None:
    assert published.deadline is not None
    old = timezone.localtime(published.deadline)
    answers.extend(procurement=published, deadline=published.deadline + timedelta(days=7))
    assert f"var {old:%Y-%m-%d %H:%M}" in get(published)
    made = valid(get(published, ".json"))["releases"][0]
    assert len(made["tender"]["amendments"]) == 1
    assert (made["id"], made["tag"]) == (f"{published.pk}-tender-2", ["tenderAmendment"])


def test_the_tender_is_valid_ocds_and_the_goal_follows_the_measure(published: Procurement) -> None:
    package = valid(get(published, ".json"))
    tender = package["releases"][0]["tender"]
    assert package["releases"][0]["buyer"]["id"] == "SE-ON-2120001355"
    assert tender["sustainability"] == [
        {"goal": "economic.formalEmploymentPromotion", "strategies": ["awardCriteria"]}
    ]
    assert not {"numberOfTenderers", "tenderers"} & set(tender)
    valid(Client().get("/sv/1480/upphandling/ocds.json").content.decode())


def test_the_schema_catches_what_is_wrong(published: Procurement) -> None:
    package = json.loads(get(published, ".json"))
    package["releases"][0]["tender"]["value"]["amount"] = "mycket"
    with pytest.raises(jsonschema.ValidationError):
        valid(json.dumps(package))


def test_eforms_fields_are_labelled(published: Procurement) -> None:
    rows = json.loads(get(published, "/eforms.json", "en"))["fields"]
    assert {"field": "BT-21-Procedure", "name": "Title", "value": "Städning"} in rows
    weights = [row["value"] for row in rows if row["field"] == "BT-541-Lot-WeightNumber"]
    assert sorted(weights) == ["10 %", "10 %", "40 %", "40 %"]


ENDS = ("/", ".json", "/eforms.json")


def test_a_cancelled_one_says_why(published: Procurement, officer: User) -> None:
    cancel(procurement=published, by=officer, reason="Behovet har ändrats.")
    assert "Behovet har ändrats." in get(published)
    assert "Avbrutna" in Client().get("/sv/1480/upphandling/").content.decode()
    made = valid(get(published, ".json"))["releases"][0]
    assert (made["tag"], made["tender"]["status"]) == (["tenderCancellation"], "cancelled")
    assert made["id"] == f"{published.pk}-cancelled"
    assert made["date"] > made["tender"]["tenderPeriod"]["startDate"]


def test_before_opening_the_officer_s_pages_are_the_same_too(play: Any, officer: User) -> None:
    browser = Client()
    browser.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    names = ("plan", "plan-questions")
    pages = ["/sv/arbetsbord/upphandling/", *(reverse(name, kwargs={"pk": play.made.pk}) for name in names)]

    def seen() -> list[bytes]:
        return [
            re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", browser.get(page).content) for page in pages
        ]

    before = seen()
    for n in range(2):
        play.bid(n, 900_000_00 + n)
        assert seen() == before


def test_before_opening_every_public_byte_is_the_same_with_and_without_bids(play: Any) -> None:
    made = play.made
    pages = [*(address(made, end) for end in ENDS), "/sv/1480/upphandling/", "/sv/1480/upphandling/ocds.json"]
    before = [Client().get(page).content for page in pages]
    for n, price in enumerate((900_000_00, 950_000_00, 880_000_00)):
        play.bid(n, price)
        assert [Client().get(page).content for page in pages] == before


def test_after_the_award_anyone_sees_why_and_can_check(play: Any) -> None:
    play.firm(1)
    number = "19121212" + "1212"  # Skatteverket's own number for tests: a sole trader is not named
    Organisation.objects.filter(slug="firm-1").update(org_number=number)
    for n, price in enumerate((900_000_00, 950_000_00)):
        play.bid(n, price)
    play.open()
    play.score_all()
    assert "Tilldelas" not in get(play.made)
    evaluation.award(
        lot=play.made.lots.get(), by=User.objects.get(username="ann"), reasons="Lägst pris, lika kvalitet."
    )
    made = Procurement.objects.get(pk=play.made.pk)
    page = get(made)
    assert "Tilldelas Kanariebageriet 0" in page
    assert "Lägst pris, lika kvalitet." in page
    assert "Kanariebageriet 1" not in page
    assert "en enskild firma" in page
    record = json.loads(get(made, "/protokoll-1.json"))
    assert record["root"] in page
    assert verifier.faults(record) == []
    record["ranking"].reverse()
    assert verifier.faults(record)
    assert "def faults(" in Client().get("/sv/1480/upphandling/verifier.py").content.decode()
    package = valid(get(made, ".json"))
    assert package["releases"][0]["tag"] == ["award"]
    assert package["releases"][0]["awards"][0]["suppliers"][0]["name"] == "Kanariebageriet 0"
