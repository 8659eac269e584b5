"""The plan's own page, and its need: what the law says, which way is taken, and the words anew."""

from dataclasses import replace
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.access import language_of, may
from kvar.procurement.actions import drafting
from kvar.procurement.actions.bidding import is_plain
from kvar.procurement.actions.cancelling import PHASES as ENDABLE
from kvar.procurement.ahead import ADDRESSES, ahead
from kvar.procurement.forms import as_written
from kvar.procurement.models import Opener, Procurement
from kvar.procurement.published import cancelled
from kvar.procurement.queries import procurement_for
from kvar.procurement.rules.cpv import name_of, search
from kvar.procurement.similar import similar
from kvar.procurement.steps import next_step, steps
from kvar.procurement.views.planning_new import need_form
from kvar.procurement.views.planning_page import law_of, law_words, plan_of, step_page

AMOUNTS = ("value", "options", "extensions", "similar")


@login_required
def hub(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the procurement stands, what is next, and the way that the law leaves open."""
    item = procurement_for(request.user, pk, "see_plans")
    language = language_of(request)
    may_plan = may(request.user, item.organisation, "plan")
    context: dict[str, object] = {"item": item, "page": "workbench", "may_plan": may_plan, "now": timezone.now()}
    context["cpv_name"] = name_of(item.cpv, language) if item.cpv else ""
    context["may_end"] = item.phase in ENDABLE
    context["waiting"] = item.questions.filter(answer="").count()
    asked = Opener.objects.none() if is_plain(item) else item.openers.filter(person_id=request.user.pk)
    context["mine"] = asked.first()
    context["ahead"], context["cancelled"] = ahead(item, timezone.now()), cancelled(item)
    context["ahead_at"] = ADDRESSES.get(str(context["ahead"]))
    found = law_of(item)
    rows = steps(item, found) if item.phase == "planning" else []
    if request.method == "POST" and may_plan:
        try:
            drafting.choose_route(procurement=item, route=request.POST.get("route", ""))
            return redirect("plan", pk=pk)
        except KvarError as error:
            context["wrong"] = error.say(language)
    context |= law_words(found, item.route) | {"steps": rows, "next": next_step(rows) if rows else None}
    return render(request, "procurement/plan.html", context, status=422 if "wrong" in context else 200)


@login_required
def need(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The need in words and in what the law asks, written anew."""
    item, language = plan_of(request, pk), language_of(request)
    wrong, counts = "", "count" in request.POST
    if counts:
        try:
            _count_in(item)
            return redirect("plan-need", pk=pk)
        except KvarError as error:
            wrong = error.say(language)
    form = need_form(request, item.organisation, written(item))
    if request.method == "POST" and not counts and form.is_valid():
        data = form.cleaned_data
        asked = form.need(timezone.localdate())
        try:
            drafting.rewrite(procurement=item, title=data["title"], text=data["text"], need=asked)
            return redirect("plan", pk=pk)
        except KvarError as error:
            form.add_error(None, error.say(language))
    hits = search(request.POST.get("cpv", ""), language) if form.is_bound and form.errors else []
    return step_page(request, item, "need", form=form, hits=hits, alike=similar(item), wrong=wrong)


def _count_in(item: Procurement) -> None:
    """Count what else of the kind is bought into the value: the law is asked again."""
    found = similar(item)
    if found is not None:
        counted = replace(item.as_need(), similar=found.most)
        drafting.rewrite(procurement=item, title=item.title, text=item.need, need=counted)


def written(item: Procurement) -> dict[str, object]:
    """A plan's need as its form shows it."""
    amounts = {name: as_written(getattr(item, name)) for name in AMOUNTS if getattr(item, name)}
    facts = dict.fromkeys(item.facts, True)
    return {"title": item.title, "text": item.need, "kind": item.kind, "cpv": item.cpv, "buyer": item.buyer,
            **amounts, **facts}  # fmt: skip
