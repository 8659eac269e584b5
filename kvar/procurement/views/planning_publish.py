"""Publish: all that is missing stands before the button; what is published is frozen."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.organisations.access import language_of
from kvar.procurement.actions.planning import publish as act
from kvar.procurement.model_words import explained
from kvar.procurement.models import Procurement
from kvar.procurement.plan_forms import PublishForm
from kvar.procurement.readiness import first_deadline, missing, unsound
from kvar.procurement.rules.model import drafted, light_price
from kvar.procurement.rules.wording import local_words
from kvar.procurement.views.planning_page import law_of, plan_of, saved, step_page


@login_required
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is missing with links, the first lawful day, and the deadline to choose."""
    item, language = plan_of(request, pk), language_of(request)
    found = law_of(item)
    lacking = [*missing(item, found, item.route), *unsound(item)]
    form = PublishForm(request.POST or None, language=language)
    if (
        request.method == "POST"
        and not lacking
        and form.is_valid()
        and saved(form, lambda: _do(item, form), language)
    ):
        return redirect("plan", pk=pk)
    words = {
        "form": form,
        "lacking": [(f"plan-{one.step}", one.step, one.error.say(language)) for one in lacking],
        "first": first_deadline(found, item.route, timezone.localdate()),
        "local": worth_a_look(item),
        "light": light_price(list(item.criteria.values("kind", "weight")), found.need.day),
        "criteria": item.criteria.all(),
        "counted": counted(item, language),
    }
    return step_page(request, item, "publish", **words)


def _do(item: Procurement, form: PublishForm) -> None:
    try:
        act(procurement=item, deadline=form.at(item.organisation.country))
    except KvarError:
        item.refresh_from_db()
        raise


def worth_a_look(item: Procurement) -> list[str]:
    """Words anywhere in the plan that look like a demand for localness."""
    texts = [item.title, item.need, item.functional, *item.terms.values_list("clause", flat=True)]
    texts += [f"{title} {question}" for title, question in item.criteria.values_list("title", "question")]
    return local_words("\n".join(texts))


def counted(item: Procurement, language: Language) -> list[str]:
    """How the drafted model counts; nothing while it cannot be drafted."""
    try:
        model = drafted(list(item.criteria.values("slug", "kind", "weight", "scale")), item.priced)
    except KvarError:
        return []
    return explained(model, item.titles(language), item.currency, language)
