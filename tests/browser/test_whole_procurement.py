"""One whole procurement in the browser: from the need to what two quarters of the contract brought, by every role.

Time is moved by `time-machine` in the test's process, which the live server shares; the product has no such switch.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from chapters_buying import answered, dialogue, need, openers, planned, published
from chapters_judging import awarded, bids, conflict, judged, late, opened
from chapters_keeping import missed, proved, reported, signed
from django.contrib.auth.models import User
from playwright.sync_api import Browser
from stage import Stage, stage

from kvar.ledger.store import Store
from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement.models import LogLeaf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
FIRMS = {"rent": "Rent Hus AB (påhittat)", "strandby": "Strandby Städ ek. för. (påhittad)", "nordvik": "Nordvik AB"}
OFFICE = {"ulla": "officer", "registrator": "evaluator", "bo": "evaluator", "cia": "evaluator", "dora": "evaluator"}


@pytest.fixture
def play_house(live_server: Any, browser: Browser, tmp_path: Path, town: Store, settings: Any) -> Any:
    """The town's figures, a buyer with five people, three firms with one each; one evaluator has a firm too."""
    settings.DATA = tmp_path
    (tmp_path / "store").symlink_to(town.root)
    with stage(browser, live_server.url, tmp_path) as found:
        buyer = Organisation.objects.create(slug="kommunen", name="Älvhamns kommun", country="SE", place="9901")
        for name, role in OFFICE.items():
            person(name, buyer, role)
        for slug, name in FIRMS.items():
            words = {"country": "SE", "place": "9901", "kind": "firm"}
            firm = Organisation.objects.create(slug=slug, name=name, **words)
            person(slug, firm, "supplier")
        add_member(organisation=firm, person=User.objects.get(username="dora"), role="supplier")
        yield found


def person(name: str, home: Organisation, role: Any) -> None:
    made = User.objects.create_user(name, f"{name}@alvhamn.example", "x")
    add_member(organisation=home, person=made, role=role)


def test_from_need_to_proof(play_house: Stage) -> None:
    home = need(play_house)
    dialogue(play_house, home)
    planned(play_house, home)
    openers(play_house, home)
    published(play_house, home)
    answered(play_house, home)
    bids(play_house, home)
    late(play_house, home)
    opened(play_house, home)
    conflict(play_house, home)
    judged(play_house, home)
    awarded(play_house, home)
    signed(play_house, home)
    reported(play_house, home)
    missed(play_house, home)
    proved(play_house, home)
    kinds = [json.loads(text)["kind"] for text in LogLeaf.objects.values_list("text", flat=True)]
    assert kinds[:2] == ["publish", "answer"]
    assert {kind: kinds.count(kind) for kind in ("open", "award", "sign", "verify", "promise")} == {
        "open": 1, "award": 2, "sign": 2, "verify": 2, "promise": 3,
    }  # fmt: skip
