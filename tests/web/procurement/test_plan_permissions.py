"""Every planning address × every role × another tenant: what one may not see is not there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.organisations.permissions import ROLES, Act, allowed
from kvar.procurement.models import Procurement
from kvar.procurement.urls.planning import WORKBENCH

ACTS: dict[str, Act | None] = {
    "procurements": None, "plan-new": "plan", "plan": "see_plans", "plan-need": "plan", "plan-dialogue": "plan",
    "plan-notes": "plan", "plan-lots": "plan", "plan-function": "plan", "plan-criteria": "plan",
    "plan-measures": "plan", "plan-simulate": "plan", "plan-terms": "plan", "plan-openers": "plan",
    "plan-publish": "plan", "plan-cancel": "plan", "plan-residents": "plan",
}  # fmt: skip
AFTER = ("plan-questions",)  # there once it is published
OWN = ("plan-key", "plan-challenge")  # only the appointed opener's own


def browser_of(who: str, buyer: Organisation) -> Client:
    browser = Client()
    if who != "anonymous":
        person = User.objects.create_user(f"p-{who}", f"{who}@example.org", "x")
        home = buyer
        if who == "stranger":
            home = Organisation.objects.create(slug="theirs", name="theirs", country="SE", place="9901")
        add_member(organisation=home, person=person, role="officer" if who == "stranger" else who)  # type: ignore[arg-type]
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def test_every_address_is_in_the_matrix() -> None:
    assert {pattern.name for pattern in WORKBENCH} == {*ACTS, *OWN, *AFTER}


@pytest.mark.parametrize("who", [*ROLES, "stranger", "anonymous"])
def test_matrix(who: str, buyer: Organisation, planned: Callable[..., Procurement]) -> None:
    made = planned()
    meeting = made.meetings.create(at=timezone.now(), where="Här", invitation="Kom")
    browser = browser_of(who, buyer)
    for name, act in {**ACTS, **dict.fromkeys(OWN)}.items():
        words: dict[str, Any] = {"slug": "ours"} if name == "plan-new" else {"pk": made.pk}
        words |= {"meeting": meeting.pk} if name == "plan-notes" else {}
        answer = browser.get(reverse(name, kwargs={} if name == "procurements" else words))
        if who == "anonymous":
            assert answer.status_code == 302, name
        elif name in OWN or (act and not allowed(who if who in ROLES else None, act)):
            assert answer.status_code == 404, name
            assert "Städning" not in answer.content.decode()
        else:
            assert answer.status_code == 200, name


def test_a_supplier_and_an_evaluator_cannot_plan_by_post(
    buyer: Organisation, planned: Callable[..., Procurement]
) -> None:
    made = planned()
    for who in ("supplier", "evaluator", "stranger"):
        browser = browser_of(who, buyer)
        answer = browser.post(reverse("plan-lots", kwargs={"pk": made.pk}), {"title": ["X"], "value": ["1"]})
        assert answer.status_code == 404
    assert [lot.title for lot in made.lots.all()] == ["Städning"]


@pytest.mark.parametrize("who", [*ROLES, "stranger", "anonymous"])
def test_questions_are_the_planner_s(who: str, buyer: Organisation, published: Procurement) -> None:
    answer = browser_of(who, buyer).get(reverse("plan-questions", kwargs={"pk": published.pk}))
    wanted = 302 if who == "anonymous" else 200 if allowed(who if who in ROLES else None, "plan") else 404
    assert answer.status_code == wanted
