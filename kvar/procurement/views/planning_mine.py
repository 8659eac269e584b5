"""Mina upphandlingar: every procurement whose plans a person may see, by phase, with the next step of each."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kvar.organisations.access import may, organisations_where
from kvar.organisations.queries import Person
from kvar.procurement.ahead import ADDRESSES, ahead
from kvar.procurement.models import Opener, Procurement
from kvar.procurement.models.planning import PHASES
from kvar.procurement.queries import procurements_of
from kvar.procurement.readiness import PLAIN
from kvar.procurement.steps import Step, next_step, steps
from kvar.procurement.views.planning_page import law_of

Row = tuple[Procurement, Step | None, bool, str | None]


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The procurements in the order of their phases; one may plan where one has the act."""
    rows = [_row(item, request.user) for item in procurements_of(request.user)]
    groups = [(phase, [row for row in rows if row[0].phase == phase]) for phase in PHASES]
    context = {
        "groups": [(phase, found) for phase, found in groups if found],
        "homes": organisations_where(request.user, "plan"),
        "follows": bool(organisations_where(request.user, "follow_up")),
        "page": "workbench",
        "addresses": ADDRESSES,
    }
    return render(request, "procurement/plan_mine.html", context)


def _row(item: Procurement, person: Person) -> Row:
    """The procurement, its next step for whoever plans, whether the person's own key is waited for, what is ahead."""
    planning = item.phase == "planning"
    following = next_step(steps(item, law_of(item))) if planning and may(person, item.organisation, "plan") else None
    waited = Opener.objects.filter(procurement=item, person_id=person.pk, drilled__isnull=True).exists()
    coming = None if planning else ahead(item, timezone.now())
    key = planning and waited and item.route not in PLAIN
    return item, following, key, coming if coming != "bids" else None
