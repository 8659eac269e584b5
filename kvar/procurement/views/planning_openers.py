"""Openers: the officer appoints them; each registers a key of their own and shows in a drill that it opens."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.core.errors import KvarError
from kvar.core.whole import whole
from kvar.organisations.access import language_of, signed_in
from kvar.organisations.models import Membership
from kvar.organisations.permissions import ROLES
from kvar.procurement.actions import keys, planning
from kvar.procurement.models import Opener, Procurement
from kvar.procurement.queries import procurement_for
from kvar.procurement.views.planning_page import plan_of, step_page


@login_required
def openers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who opens, and how far each has come."""
    item, wrong = plan_of(request, pk), ""
    if request.method == "POST":
        try:
            _change(item, request)
            return redirect("plan-openers", pk=pk)
        except KvarError as error:
            wrong = error.say(language_of(request))
    appointed = list(item.openers.select_related("person").order_by("pk"))
    chosen = {opener.person_id for opener in appointed}
    people = [member.person for member in _members(item) if member.person_id not in chosen]
    return step_page(request, item, "openers", wrong=wrong, openers=appointed, people=people)


def _change(item: Procurement, request: HttpRequest) -> None:
    if (number := whole(request.POST.get("dismiss", ""))) is not None:
        for opener in item.openers.filter(pk=number):
            keys.dismiss(opener=opener)
        return
    person = User.objects.filter(pk=whole(request.POST.get("person", "")) or 0).first()
    if person is None:
        raise KvarError("procurement.opener.member")
    planning.appoint(procurement=item, person=person)


def _members(item: Procurement) -> list[Membership]:
    """Members who may see the plan: only they can reach the page of their key."""
    roles = [role for role, acts in ROLES.items() if "see_plans" in acts]
    found = Membership.objects.filter(organisation=item.organisation, role__in=roles).select_related("person")
    return list(found.order_by("person__email"))


@login_required
def key(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The appointed opener's own page: register a key, then the drill."""
    item, opener = _mine(request, pk)
    wrong = ""
    if request.method == "POST":
        try:
            if "recipient" in request.POST:
                keys.register_key(procurement=item, person=opener.person, recipient=request.POST["recipient"])
            else:
                keys.drill(opener=opener, answer=request.POST.get("answer", ""))
            return redirect("plan-key", pk=pk)
        except KvarError as error:
            wrong = error.say(language_of(request))
    words = {"item": item, "opener": opener, "wrong": wrong, "page": "workbench"}
    return render(request, "procurement/plan_key.html", words, status=422 if wrong else 200)


@login_required
def challenge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The drill's file, for the opener's own key."""
    _, opener = _mine(request, pk)
    if not opener.recipient:
        raise Http404
    answer = HttpResponse(keys.challenge(opener), content_type="application/octet-stream")
    answer["Content-Disposition"] = 'attachment; filename="prov.age"'
    return answer


def _mine(request: HttpRequest, pk: UUID) -> tuple[Procurement, Opener]:
    """The procurement and oneself as opener; 404 for everyone else."""
    item = procurement_for(request.user, pk, "see_plans")
    try:
        return item, keys.opener_of(item, signed_in(request))
    except KvarError as error:
        raise Http404 from error
