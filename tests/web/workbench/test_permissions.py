"""Every address of the workbench × every role × the other tenant, against the table of permissions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, reverse

from kvar.organisations import actions as organisations
from kvar.organisations.models import ImportJob, Organisation
from kvar.organisations.permissions import ROLES, Act, allowed
from kvar.web.workbench.urls import urlpatterns

ACTS: dict[str, Act | None] = {
    "workbench": None,
    "organisation": "see_log",
    "import": "import",
    "import-job": "import",
    "import-columns": "import",
    "import-load": "import",
    "import-undo": "undo",
    "import-errors": "see_lines",
    "people": "invite",
    "overrides": "classify",
    "identity": "classify",
    "surveys": "import",
    "surveys-list": "import",
    "contracts": "contracts",
    "contracts-errors": "contracts",
    "influence": "classify",
    "look": "review",
    "open-ledger": "publish",
    "open-ledger-file": "publish",
}
POST = ("import-columns", "import-load", "import-undo")
CANARY = "Kanariebageriet"


def test_every_address_is_in_the_matrix() -> None:
    assert {p.name for p in urlpatterns if isinstance(p, URLPattern)} == set(ACTS)


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", [*ROLES, "stranger", "anonymous"])
def test_matrix(name: str, who: str, signed_in: Callable[[str], Client], uploaded: Callable[..., ImportJob]) -> None:
    job, act = uploaded(), ACTS[name]
    words = {"slug": "ours"} | ({"job_id": job.pk} if name.startswith("import-") else {})
    words |= {"year": 2024} if name in {"surveys-list", "open-ledger-file"} else {}
    address = reverse(name, kwargs=words if act else None)
    browser = signed_in(who)
    answer = browser.post(address) if name in POST else browser.get(address)
    if who == "anonymous":
        assert answer.status_code == 302
        assert "/konto/login/" in answer.headers["Location"]
    elif act and not allowed(who if who in ROLES else None, act):
        assert answer.status_code == 404
        assert CANARY not in answer.content.decode()
    elif name in {
        "import-errors",
        "import-load",
        "surveys-list",
        "contracts-errors",
        "open-ledger-file",
    }:  # allowed, but nothing is loaded or checked yet
        assert answer.status_code == 404
    else:
        assert answer.status_code in {200, 302, 422}


def test_the_invited_gets_in_and_the_link_works_once(signed_in: Callable[[str], Client], anchors: object) -> None:
    page = signed_in("administrator").post(
        "/sv/arbetsbord/ours/manniskor/", {"email": "ny@example.org", "role": "analyst"}
    )
    link = page.context["link"]
    guest = Client()
    assert guest.post(link, {"password": "kort"}).status_code == 200
    assert guest.post(link, {"password": "en lagom lång mening"}).status_code == 302
    assert guest.get(link).status_code == 404
    answer = guest.post("/sv/konto/login/", {"login": "ny@example.org", "password": "en lagom lång mening"})
    assert answer.status_code == 302
    assert guest.get("/sv/arbetsbord/ours/").status_code == 200
    assert guest.get("/sv/arbetsbord/theirs/").status_code == 404


def test_a_known_person_accepts_only_signed_in_as_themselves(
    signed_in: Callable[[str], Client], anchors: dict[str, Organisation], people: dict[str, User]
) -> None:
    """Somebody who made an account in another's name is not let in where that other is invited."""
    link = signed_in("administrator").post(
        "/sv/arbetsbord/ours/manniskor/", {"email": "stranger@example.org", "role": "analyst"}
    ).context["link"]  # fmt: skip
    for other in (Client(), signed_in("officer")):
        assert "har redan ett konto" in other.get(link).content.decode()
        assert other.post(link, {}).status_code == 200
    stranger = signed_in("stranger")
    assert stranger.get("/sv/arbetsbord/ours/").status_code == 404
    assert stranger.post(link, {}).status_code == 302
    assert stranger.get("/sv/arbetsbord/ours/").status_code == 200


def test_whoever_was_removed_does_not_come_back_by_the_old_link(
    signed_in: Callable[[str], Client], anchors: dict[str, Organisation]
) -> None:
    ask = {"email": "ny@example.org", "role": "analyst"}
    link = signed_in("administrator").post("/sv/arbetsbord/ours/manniskor/", ask).context["link"]
    guest = Client()
    assert guest.post(link, {"password": "en lagom lång mening"}).status_code == 302
    organisations.remove_member(organisation=anchors["ours"], person=User.objects.get(email="ny@example.org"))
    assert guest.get(link).status_code == 404
    again = signed_in("administrator").post("/sv/arbetsbord/ours/manniskor/", ask).context["link"]
    assert guest.get(again).status_code == 200


def test_a_second_factor_can_be_switched_on(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("analyst").get("/sv/konto/2fa/").status_code == 200


def test_nobody_signs_up_alone() -> None:
    Client().post("/sv/konto/signup/", {"email": "x@example.org", "password1": "en lagom lång mening"})
    assert not User.objects.filter(email="x@example.org").exists()


def test_after_five_guesses_even_the_right_password_waits(people: dict[str, User]) -> None:
    guesser = Client()
    for n in range(5):
        guesser.post("/sv/konto/login/", {"login": "analyst@example.org", "password": f"gissning {n}"})
    answer = guesser.post("/sv/konto/login/", {"login": "analyst@example.org", "password": "x"})
    assert answer.status_code == 200
    assert "_auth_user_id" not in guesser.session


def test_one_can_sign_out_from_the_workbench(signed_in: Callable[[str], Client]) -> None:
    browser = signed_in("analyst")
    assert "/konto/logout/" in browser.get("/sv/arbetsbord/ours/").content.decode()
    browser.post("/sv/konto/logout/")
    assert browser.get("/sv/arbetsbord/ours/").status_code == 302


@pytest.mark.parametrize(("code", "marked"), [("9901", True), ("1480", False)])
def test_the_workbench_of_an_invented_place_says_it_is_invented(
    anchors: dict[str, Organisation], signed_in: Callable[[str], Client], code: str, marked: bool, settings: Any
) -> None:
    folder = settings.DATA / "store" / "places"
    folder.mkdir(parents=True)
    (folder / "town.csv").write_text(
        "code,name,level,parent,country,vintage,invented\n9901,Älvhamn,municipality,,SE,2024,1\n", encoding="utf-8"
    )
    Organisation.objects.filter(slug="ours").update(place=code)
    page = signed_in("analyst").get("/sv/arbetsbord/ours/").content.decode()
    assert ('class="invented"' in page) is marked
