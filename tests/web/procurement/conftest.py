"""A buyer with people, ready to plan a procurement."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement.actions import planning
from kvar.procurement.models import Opener, Procurement
from kvar.procurement.rules.need import Need
from kvar.procurement.sealing.seal import new_opener

LINEAR = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}
CRITERIA = [
    {"slug": "price", "kind": "price", "title": "Pris", "weight": 4000},
    {"slug": "quality", "kind": "quality", "title": "Kvalitet", "weight": 4000, "scale": "points"},
]
MEASURES = ["jobs_target", "internships"]


@pytest.fixture
def buyer(db: None) -> Organisation:
    return Organisation.objects.create(slug="ours", name="Älvhamns kommun", country="SE", place="9901")


@pytest.fixture
def officer(buyer: Organisation) -> User:
    return person(buyer, "officer", "officer")


def person(organisation: Organisation, name: str, role: str) -> User:
    """A member."""
    found = User.objects.create_user(name, f"{name}@example.org", "x")
    add_member(organisation=organisation, person=found, role=role)  # type: ignore[arg-type]
    return found


@pytest.fixture
def planned(buyer: Organisation, officer: User) -> Callable[..., Procurement]:
    """A procurement of cleaning with price 40, quality 40 and two measures sharing 20; two drilled openers."""

    def make(value: int = 1_000_000_00, **more: Any) -> Procurement:
        need = Need("SE", "subcentral", "services", timezone.localdate(), value, "90910000", **more)
        made = planning.plan(organisation=buyer, by=officer, title="Städning", text="Rena skolor", need=need)
        planning.choose_criteria(procurement=made, rows=CRITERIA)
        planning.choose_measures(procurement=made, policy="lou", chosen=MEASURES, weight=2000)
        for name in ("ann", "bo"):
            opener = User.objects.filter(username=name).first() or person(buyer, name, "evaluator")
            planning.appoint(procurement=made, person=opener, recipient=new_opener()[1])
        Opener.objects.filter(procurement=made).update(drilled=timezone.now())
        return made

    return make


@pytest.fixture
def published(planned: Callable[..., Procurement]) -> Procurement:
    """The same, published for thirty days."""
    made = planned()
    deadline = timezone.now() + timedelta(days=30)
    planning.publish(procurement=made, route="advertised", deadline=deadline, price=LINEAR)
    return made
