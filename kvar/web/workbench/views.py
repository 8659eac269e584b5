"""The workbench itself: a person's organisations and each one's imports."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.organisations.models import ImportJob
from kvar.organisations.permissions import Act, allowed
from kvar.organisations.queries import memberships, organisation_for, role_of, saved_mappings
from kvar.web.workbench.standing import standing

RECENT = 30
ACTS: tuple[Act, ...] = ("see_lines", "import", "invite", "classify", "contracts", "review", "see_plans")


@login_required
def workbench(request: HttpRequest) -> HttpResponse:
    """A person's organisations; straight on when there is only one and its page is theirs."""
    mine = memberships(cast(User, request.user))
    plans = any(allowed(item.role, "see_plans") for item in mine)
    if len(mine) == 1 and allowed(mine[0].role, "see_log"):
        return redirect("organisation", slug=mine[0].organisation.slug)
    if len(mine) == 1 and allowed(mine[0].role, "bid"):
        return redirect("bid-chances", slug=mine[0].organisation.slug)
    if len(mine) == 1 and plans:
        return redirect("procurements")
    return render(request, "workbench/start.html", {"memberships": mine, "plans": plans, "page": "workbench"})


@login_required
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Imports of one organisation, newest first, and how its columns are read."""
    found = organisation_for(request.user, slug, "see_log")
    role = role_of(request.user, found)
    jobs = ImportJob.objects.filter(organisation=found).select_related("by")[:RECENT]
    may = {
        act: allowed(role, act)
        for act in ("see_lines", "import", "invite", "classify", "contracts", "review", "see_plans")
    }
    context = {
        "organisation": found,
        "jobs": jobs,
        "mappings": saved_mappings(found),
        "may": may,
        "standing": standing(found) if may["see_lines"] else None,
        "page": "workbench",
    }
    return render(request, "workbench/organisation.html", context)
