"""While bids are taken: the officer answers questions to all at once, and may move the last day later."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.whole import whole
from kvar.organisations.access import language_of
from kvar.procurement.actions import answers
from kvar.procurement.models import Procurement, Question
from kvar.procurement.plan_forms import PublishForm
from kvar.procurement.views.planning_page import law_of, plan_of


@login_required
def questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Waiting questions first; an answer given late needs a new last day."""
    item = plan_of(request, pk)
    if item.published is None:
        raise Http404
    wrong, written = "", request.POST.get("text", "")
    form = PublishForm(request.POST if request.POST.get("day") else None, language=language_of(request))
    if request.method == "POST":
        try:
            _act(item, request, form)
            return redirect("plan-questions", pk=pk)
        except KvarError as error:
            wrong = error.say(language_of(request))
    rows = list(item.questions.all())
    words = {
        "item": item, "wrong": wrong, "form": form, "page": "workbench", "asked": request.POST.get("question", ""),
        "written": written, "waiting": [row for row in rows if not row.answer],
        "answered": [row for row in rows if row.answer], "is_open": _is_open(item),
        "law": law_of(item),
    }  # fmt: skip
    return render(request, "procurement/plan_questions.html", words, status=422 if wrong else 200)


def _act(item: Procurement, request: HttpRequest, form: PublishForm) -> None:
    deadline = _deadline(item, form)
    if "question" in request.POST:
        answers.reply(question=_question(item, request), text=request.POST.get("text", ""), new_deadline=deadline)
    elif deadline is None:
        raise KvarError("procurement.deadline.text", text=request.POST.get("day", ""))
    else:
        answers.extend(procurement=item, deadline=deadline)


def _deadline(item: Procurement, form: PublishForm) -> datetime | None:
    """The new last day, if one was written; `procurement.deadline.*`."""
    if not form.is_bound:
        return None
    if not form.is_valid():
        raise KvarError("procurement.deadline.text", text=str(form.data.get("day", "")))
    return form.at(item.organisation.country)


def _question(item: Procurement, request: HttpRequest) -> Question:
    found = item.questions.filter(pk=whole(request.POST.get("question", "")) or 0, answer="").first()
    if found is None:
        raise Http404
    return found


def _is_open(item: Procurement) -> bool:
    return item.phase == "published" and bool(item.deadline and timezone.now() < item.deadline)
