"""The officer answers to all at once; a late answer needs a new last day; the asker's name is nowhere."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.organisations.models import Organisation
from kvar.procurement.actions import answers
from kvar.procurement.models import Procurement, Question


@pytest.fixture
def asked(published: Procurement) -> Question:
    words = {"name": "Kanariebageriet", "country": "SE", "place": "9901", "kind": "firm"}
    firm = Organisation.objects.create(slug="firm", **words)
    return answers.ask(procurement=published, asker=firm, text="Vem har nycklarna?")


@pytest.fixture
def browser(officer: User) -> Client:
    found = Client()
    found.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def address(item: Procurement) -> str:
    return reverse("plan-questions", kwargs={"pk": item.pk})


def test_an_answer_reaches_all_and_names_nobody(browser: Client, published: Procurement, asked: Question) -> None:
    page = browser.get(address(published)).content.decode()
    assert "Vem har nycklarna?" in page
    assert "Kanariebageriet" not in page
    assert browser.post(address(published), {"question": asked.pk, "text": "Vaktmästaren."}).status_code == 302
    asked.refresh_from_db()
    assert asked.answer == "Vaktmästaren."
    assert browser.post(address(published), {"question": asked.pk, "text": "Igen"}).status_code == 404


def test_a_late_answer_asks_for_a_new_day_and_keeps_the_text(
    browser: Client, published: Procurement, asked: Question
) -> None:
    Procurement.objects.filter(pk=published.pk).update(deadline=timezone.now() + timedelta(days=3))
    late = {"question": asked.pk, "text": "Vaktmästaren."}
    answer = browser.post(address(published), late)
    assert answer.status_code == 422
    assert "senare än 6 dagar" in answer.content.decode()
    assert ">Vaktmästaren.</textarea>" in answer.content.decode()
    day = timezone.localdate() + timedelta(days=8)
    assert browser.post(address(published), late | {"day": day, "time": "12:00"}).status_code == 302
    published.refresh_from_db()
    assert published.deadline is not None
    assert timezone.localtime(published.deadline).date() == day


def test_the_last_day_only_moves_later(browser: Client, published: Procurement) -> None:
    sooner = timezone.localdate() + timedelta(days=2)
    answer = browser.post(address(published), {"day": sooner, "time": "12:00"})
    assert answer.status_code == 422
    assert "bara flyttas framåt" in answer.content.decode()
    assert browser.post(address(published), {"day": "", "time": "12:00"}).status_code == 422
