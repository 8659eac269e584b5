"""People of an organisation: roles are changed and taken away, and an administrator is always left."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.test import Client

from kvar.organisations.models import Membership, Organisation

ADDRESS = "/sv/arbetsbord/ours/manniskor/"


def role(person: User, organisation: Organisation) -> str | None:
    return Membership.objects.filter(person=person, organisation=organisation).values_list("role", flat=True).first()


def test_a_role_is_changed_and_taken_away(
    people: dict[str, User], anchors: dict[str, Organisation], signed_in: Callable[[str], Client]
) -> None:
    browser, one = signed_in("administrator"), people["evaluator"]
    assert browser.post(ADDRESS, {"person": one.pk, "role": "officer"}).status_code == 302
    assert role(one, anchors["ours"]) == "officer"
    assert browser.post(ADDRESS, {"person": one.pk, "remove": "1"}).status_code == 302
    assert role(one, anchors["ours"]) is None
    changed = Membership.history.filter(person=one).values_list("history_type", flat=True)  # type: ignore[attr-defined]
    assert sorted(changed) == ["+", "-", "~"], "who had which role is kept"


def test_an_administrator_is_always_left(
    people: dict[str, User], anchors: dict[str, Organisation], signed_in: Callable[[str], Client]
) -> None:
    browser, only = signed_in("administrator"), people["administrator"]
    for given in ({"role": "analyst"}, {"remove": "1"}):
        answer = browser.post(ADDRESS, {"person": only.pk, **given})
        assert answer.status_code == 422
        assert "administratör kvar" in answer.content.decode()
    assert role(only, anchors["ours"]) == "administrator"
    browser.post(ADDRESS, {"person": people["analyst"].pk, "role": "administrator"})
    assert browser.post(ADDRESS, {"person": only.pk, "role": "analyst"}).status_code == 302


def test_what_is_not_there_is_404(
    people: dict[str, User], anchors: dict[str, Organisation], signed_in: Callable[[str], Client]
) -> None:
    browser = signed_in("administrator")
    for given in ({"person": people["stranger"].pk, "role": "analyst"}, {"person": "x", "remove": "1"},
                  {"person": people["analyst"].pk, "role": "king"}, {"person": people["analyst"].pk}):  # fmt: skip
        assert browser.post(ADDRESS, given).status_code == 404
    assert role(people["stranger"], anchors["theirs"]) == "administrator"
