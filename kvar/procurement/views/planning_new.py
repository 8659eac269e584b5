"""A new procurement from a need: the law's answer stands beside before anything is saved."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.access import language_of, signed_in
from kvar.organisations.models import Organisation
from kvar.organisations.queries import organisation_for
from kvar.procurement.actions.planning import plan
from kvar.procurement.models.planning import jurisdiction_of
from kvar.procurement.plan_forms import PlanForm
from kvar.procurement.rules.cpv import search
from kvar.procurement.rules.engine import answer
from kvar.procurement.views.planning_page import law_words


@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """`look` shows the way; otherwise the procurement is made and its plan opens. GET fills in from the address."""
    home = organisation_for(request.user, slug, "plan")
    language = language_of(request)
    form = need_form(request, home, dict(request.GET.dict()))
    context: dict[str, object] = {"form": form, "organisation": home, "page": "workbench", "forms": [form]}
    if request.method == "POST" and form.is_valid():
        need = form.need(timezone.localdate())
        try:
            if "look" not in request.POST:
                data = form.cleaned_data
                made = plan(
                    organisation=home, by=signed_in(request), title=data["title"], text=data["text"], need=need
                )
                return redirect("plan", pk=made.pk)
            found = answer(need)
            way = found.open[0].route.id if found.open else ""
            context |= law_words(answer(need, way), way)
        except KvarError as error:
            form.add_error(None, error.say(language))
    context["hits"] = search(request.POST.get("cpv", ""), language) if form.errors else []
    return render(request, "procurement/plan_new.html", context, status=422 if form.errors else 200)


def need_form(request: HttpRequest, home: Organisation, initial: dict[str, object]) -> PlanForm:
    """The form of a need by the organisation's law, as posted or as it starts."""
    language, law = language_of(request), jurisdiction_of(home)
    if request.method == "POST":
        return PlanForm(request.POST, language=language, jurisdiction=law)
    return PlanForm(initial=initial, language=language, jurisdiction=law)
