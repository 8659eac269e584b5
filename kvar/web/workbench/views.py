"""The workbench itself: a person's organisations with what waits there, and each one's doors and imports."""

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.organisations.models import ImportJob, Membership
from kvar.organisations.permissions import allowed
from kvar.organisations.queries import memberships, organisation_for, role_of, saved_mappings
from kvar.web.workbench.doors import doors
from kvar.web.workbench.standing import Standing, standing

RECENT = 30


@dataclass(frozen=True, slots=True)
class Mine:
    """An organisation of a person, and how it stands where they may see its lines."""

    membership: Membership
    standing: Standing | None
    sees: bool

    @property
    def first(self) -> bool:
        """Is its first ledger waited for?"""
        return self.sees and self.standing is None and allowed(self.membership.role, "import")

    @property
    def pairs(self) -> int:
        """Pairs of names that the person may answer."""
        return self.standing.pairs if self.standing and allowed(self.membership.role, "classify") else 0

    @property
    def waits(self) -> int:
        """How many things wait for the person there."""
        return int(self.first) + int(self.pairs > 0)


@login_required
def workbench(request: HttpRequest) -> HttpResponse:
    """A person's organisations; straight on when there is only one and its page is theirs."""
    mine = memberships(cast(User, request.user))
    plans = any(allowed(item.role, "see_plans", item.organisation.kind) for item in mine)
    if len(mine) == 1 and allowed(mine[0].role, "see_log"):
        return redirect("organisation", slug=mine[0].organisation.slug)
    if len(mine) == 1 and allowed(mine[0].role, "bid"):
        return redirect("bid-chances", slug=mine[0].organisation.slug)
    if len(mine) == 1 and plans:
        return redirect("procurements")
    rows = sorted((_mine(item) for item in mine), key=lambda row: -row.waits)
    context = {"rows": rows, "plans": plans, "waits": sum(row.waits for row in rows), "page": "workbench"}
    return render(request, "workbench/start.html", context)


def _mine(item: Membership) -> Mine:
    sees = allowed(item.role, "see_lines", item.organisation.kind)
    return Mine(item, standing(item.organisation) if sees else None, sees)


@login_required
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """How one organisation stands, its doors, its imports newest first, and how its columns are read."""
    found = organisation_for(request.user, slug, "see_log")
    role = role_of(request.user, found)
    context = {
        "organisation": found,
        "jobs": ImportJob.objects.filter(organisation=found).select_related("by")[:RECENT],
        "mappings": saved_mappings(found),
        "doors": doors(found, role),
        "may": {act: allowed(role, act, found.kind) for act in ("import", "classify")},
        "standing": standing(found, request.GET.get("district", ""))
        if allowed(role, "see_lines", found.kind)
        else None,
        "page": "workbench",
    }
    return render(request, "workbench/organisation.html", context)
