"""The first page of the workbench says what waits, and an organisation's page opens only the doors of the role."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from kvar.organisations import actions
from kvar.organisations.models import Organisation
from kvar.web.workbench.doors import DOORS, doors

SignIn = Callable[[str], Client]


def test_a_first_ledger_is_waited_for_in_each_organisation(
    signed_in: SignIn, people: dict[str, User], anchors: dict[str, Organisation], uploaded: Any
) -> None:
    actions.add_member(organisation=anchors["theirs"], person=people["analyst"], role="analyst")
    start = reverse("workbench")
    text = signed_in("analyst").get(start).content.decode()
    assert "<h1>2 saker väntar på dig</h1>" in text
    assert text.count("Läs in den första reskontran") == 2


def test_calm_where_one_may_do_nothing_about_it(
    signed_in: SignIn, people: dict[str, User], anchors: dict[str, Organisation]
) -> None:
    actions.add_member(organisation=anchors["theirs"], person=people["steering"], role="steering")
    assert "Inget väntar på dig just nu" in signed_in("steering").get(reverse("workbench")).content.decode()


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("analyst", {"import", "contracts", "surveys", "identity", "overrides", "influence", "look", "open-ledger"}),
        ("officer", {"contracts", "look", "procurements"}),
        ("steering", set()),
        (None, set()),
    ],
)
def test_only_the_doors_of_the_role(role: str | None, names: set[str], anchors: dict[str, Organisation]) -> None:
    opened = {door.says.rsplit(".", 1)[1] for group in doors(anchors["ours"], role) for door in group.doors}
    assert opened == names
    assert {name for _, rows in DOORS for name, _, _ in rows} >= names


def test_a_firm_has_no_ledger_and_buys_nothing_here(signed_in: SignIn, anchors: dict[str, Organisation]) -> None:
    Organisation.objects.filter(slug="ours").update(kind="firm")
    anchors["ours"].refresh_from_db()
    assert {door.says for group in doors(anchors["ours"], "administrator") for door in group.doors} == {
        "workbench.door.people"
    }
    browser = signed_in("administrator")
    assert browser.get(reverse("plan-new", args=["ours"])).status_code == 404
    assert browser.get(reverse("import", args=["ours"])).status_code == 404
    assert browser.get(reverse("people", args=["ours"])).status_code == 200
    assert browser.get(reverse("procurements")).status_code == 200


def test_every_door_leads_to_a_page(signed_in: SignIn, anchors: dict[str, Organisation]) -> None:
    found = doors(anchors["ours"], "administrator")
    assert sum(len(group.doors) for group in found) == 10
    for group in found:
        for door in group.doors:
            assert signed_in("administrator").get(door.url).status_code == 200, door.url


def test_the_workbench_shows_the_way_back_to_what_the_ledgers_show(
    signed_in: SignIn, anchors: dict[str, Organisation], uploaded: Any
) -> None:
    page = signed_in("analyst").get(reverse("organisation", args=["ours"])).content.decode()
    assert 'href="/sv/1480/upphandling/"' in page
    assert 'href="/sv/1480/pengarna/"' not in page
