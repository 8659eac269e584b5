"""NUL in what is sent is refused by one sentence, in every form and in both languages, and nothing is saved."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kvar.core.messages import say
from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement.models import Evidence, Procurement

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def browser(db: None, settings: Any) -> Client:
    """An officer who also bids for a firm."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    person = User.objects.create_user("o", "o@example.org", "x")
    for slug, kind, role in (("ours", "anchor", "officer"), ("firman", "firm", "supplier")):
        home = Organisation.objects.create(slug=slug, name=slug, country="SE", place="1480", kind=kind)
        add_member(organisation=home, person=person, role=role)
    found = Client()
    found.force_login(person, backend=BACKEND)
    return found


PLAN = {"title": "St\0dning", "text": "x", "kind": "services", "value": "1 000 000"}
FORMS: list[tuple[str, dict[str, str]]] = [
    ("arbetsbord/upphandling/ny/ours/", PLAN),
    ("arbetsbord/anbud/firman/pass/", {"title": "Plan", "text": "a\0b"}),
    ("arbetsbord/post/", {"language": "s\0", "notices": "on"}),
    ("konto/login/", {"login": "o\0@example.org", "password": "x"}),
    ("arbetsbord/post/", {"n\0": "x"}),
]


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("path", "sent"), FORMS)
def test_every_form_refuses_it_in_the_same_words(browser: Client, lang: Any, path: str, sent: dict[str, str]) -> None:
    who = Client() if "login" in path else browser
    answer = who.post(f"/{lang}/{path}", sent)
    assert answer.status_code == 400
    assert say("web.nul.body", {}, lang) in answer.content.decode()
    assert not Procurement.objects.exists()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_an_address_with_it_is_refused_or_leads_nowhere(browser: Client, lang: Any) -> None:
    answer = browser.get(f"/{lang}/1480/upphandling/vag/", {"cpv": "stä\0d", "kind": "services"})
    assert answer.status_code == 400
    assert say("web.nul.title", {}, lang) in answer.content.decode()
    assert browser.get(f"/{lang}/inbjudan/a%00b/").status_code == 404


def test_what_holds_none_is_answered_as_before(browser: Client) -> None:
    assert browser.post("/sv/arbetsbord/upphandling/ny/ours/", PLAN | {"title": "Städning"}).status_code == 302
    assert Procurement.objects.get().title == "Städning"


def test_a_cookie_that_holds_it_is_as_if_it_had_not_come(browser: Client) -> None:
    assert browser.get("/sv/arbetsbord/").status_code == 200
    browser.cookies["sessionid"] = "\0abcdefghij"
    assert browser.get("/sv/arbetsbord/").status_code == 302
