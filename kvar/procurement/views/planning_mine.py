"""Mina upphandlingar: every procurement whose plans a person may see, by phase."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kvar.organisations.access import organisations_where
from kvar.procurement.models.planning import PHASES
from kvar.procurement.queries import procurements_of


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The procurements in the order of their phases; one may plan where one has the act."""
    found = list(procurements_of(request.user))
    groups = [(phase, [item for item in found if item.phase == phase]) for phase in PHASES]
    context = {
        "groups": [(phase, rows) for phase, rows in groups if rows],
        "homes": organisations_where(request.user, "plan"),
        "page": "workbench",
    }
    return render(request, "procurement/plan_mine.html", context)
