"""Measures of social value: from a policy, chosen by the elected, capped by the contract's value."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from kvar.core.messages import Language
from kvar.organisations.access import language_of
from kvar.procurement.actions import drafting, planning
from kvar.procurement.evaluation.policy import Policy, policies_on
from kvar.procurement.models import Criterion, Procurement
from kvar.procurement.plan_forms import MeasuresForm
from kvar.procurement.views.planning_page import law_of, plan_of, saved, step_page


@login_required
def measures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Themes and measures of the policies of the jurisdiction; `?policy=` looks at another."""
    item, language = plan_of(request, pk), language_of(request)
    found = policies(item)
    asked = request.POST.get("policy") or request.GET.get("policy") or item.policy
    policy = next((one for one in found if one.id == asked), _first(found))
    form = MeasuresForm(
        request.POST or None, initial=_initial(item, policy), language=language,
        policies=[(one.id, one.title[language]) for one in found],
        measures=[(m.id, m.title[language]) for theme in policy.themes for m in theme.measures],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and saved(form, lambda: _choose(item, policy, form), language):
        return redirect("plan-measures", pk=pk)
    return step_page(request, item, "measures", form=form, **_words(item, policy, language))


def policies(item: Procurement) -> list[Policy]:
    """The policies made for the procurement's law, as they are today."""
    return policies_on(timezone.localdate(), law_of(item).book.jurisdiction)


def _first(found: list[Policy]) -> Policy:
    """The one suggested: without a least weight of its own before those with one."""
    return min(found, key=lambda policy: policy.floor)


def _choose(item: Procurement, policy: Policy, form: MeasuresForm) -> None:
    data = form.cleaned_data
    if not data["chosen"]:
        drafting.without_measures(procurement=item, reason=data["measures_reason"])
        return
    planning.choose_measures(procurement=item, policy=policy.id, chosen=data["chosen"], weight=data["weight"])
    drafting.note_measures(procurement=item, chosen_by=data["measures_by"], reason=data["measures_reason"])


def _initial(item: Procurement, policy: Policy) -> dict[str, object]:
    rows = list(item.criteria.filter(kind="social"))
    pairs = [policy.by_slug(row.slug) for row in rows] if item.policy == policy.id else []
    weight = sum(row.weight for row in rows) if rows else policy.suggested
    return {"policy": policy.id, "chosen": [pair[1].id for pair in pairs if pair], "weight": f"{weight / 100:g}",
            "measures_by": item.measures_by, "measures_reason": item.measures_reason}  # fmt: skip


def _title(row: Criterion, policy: Policy, language: Language) -> str:
    found = policy.by_slug(row.slug)
    return found[1].title[language] if found else row.titled(language)


def _words(item: Procurement, policy: Policy, language: Language) -> dict[str, object]:
    """What the page shows of the policy: its cap for this value, its themes, and the weights as they are split."""
    chosen = list(item.criteria.filter(kind="social")) if item.policy == policy.id else []
    split = {row.slug: row.weight for row in chosen}
    themes = [(theme.title[language], [(m, m.title[language]) for m in theme.measures]) for theme in policy.themes]
    return {"policy": policy, "policies": [(one.id, one.title[language]) for one in policies(item)],
            "policy_title": policy.title[language], "effort": policy.effort(item.value),
            "themes": themes, "split": [(_title(row, policy, language), f"{row.weight / 100:g}") for row in chosen],
            "share": sum(split.values()), "below": item.value < policy.threshold}  # fmt: skip
