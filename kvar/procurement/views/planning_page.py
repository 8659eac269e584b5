"""What every step of a plan shares: who may, where the plan stands, what the law says, and how a form is answered."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.procurement.models import Procurement
from kvar.procurement.queries import procurement_for
from kvar.procurement.readiness import PLAIN
from kvar.procurement.rules.engine import Answer, answer, last_day, told_once
from kvar.procurement.rules.lawbook import Duty
from kvar.procurement.steps import STEPS, steps

ORDER = ("must", "should", "forbidden", "may", "policy")


def plan_of(request: HttpRequest, pk: UUID) -> Procurement:
    """The procurement if the person plans in its organisation; else 404."""
    return procurement_for(request.user, pk, "plan")


def law_of(procurement: Procurement) -> Answer:
    """What the law says of the plan today, by the way it takes."""
    return answer(procurement.as_need(), procurement.route)


def saved(form: Form, act: Callable[[], object], language: Language) -> bool:
    """Do it; what is refused is said on the form."""
    try:
        act()
    except KvarError as error:
        form.add_error(None, error.say(language))
        return False
    return True


def step_page(request: HttpRequest, procurement: Procurement, step: str, **more: object) -> HttpResponse:
    """The page of a step; 422 when a form has errors. A published plan leads back to its own page."""
    if procurement.phase != "planning":
        return redirect("plan", pk=procurement.pk)
    found = law_of(procurement)
    rows = steps(procurement, found)
    forms = [form for form in more.values() if isinstance(form, Form)]
    wrong = any(form.errors for form in forms) or bool(more.get("wrong"))
    after = STEPS.index(step) + 1
    context = {
        "item": procurement, "step": step, "steps": rows, "page": "workbench", "forms": forms,
        "after": rows[after] if after < len(rows) else None, "number": after,
        "said": f"{step}_plain" if step == "openers" and procurement.route in PLAIN else step,
    } | law_words(found, procurement.route) | more  # fmt: skip
    return render(
        request, f"procurement/plan_{more.get('template', step)}.html", context, status=422 if wrong else 200
    )


def law_words(found: Answer, route: str) -> dict[str, object]:
    """The law's answer as the box beside each step shows it."""
    way = next((item for item in found.open if item.route.id == route), None)
    day = last_day(way, timezone.localdate()) if way else None
    duties: list[tuple[str, list[Duty]]] = [(kind, [d for d in found.duties if d.kind == kind]) for kind in ORDER]
    return {"law": found, "way": way, "first_day": day, "duties": [pair for pair in duties if pair[1]],
            "law_warnings": told_once(found.warnings)}  # fmt: skip
