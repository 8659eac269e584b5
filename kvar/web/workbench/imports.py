"""The import in four steps: choose, match columns, check, done. One address an import, from upload to done."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kvar.core.messages import Language, say
from kvar.ledger.corrections import corrections
from kvar.organisations import actions
from kvar.organisations.models import ImportJob
from kvar.organisations.queries import job_for, organisation_for
from kvar.organisations.uploads import store
from kvar.web.context import page
from kvar.web.workbench.forms import ColumnsForm, LoadForm, UploadForm

TEMPLATES = {"match": "match", "checked": "check", "done": "done", "refused": "refused", "undone": "undone"}
STEP = {"reading": 2, "match": 2, "checking": 3, "checked": 3, "loading": 4, "done": 4, "refused": 3, "undone": 4}


@login_required
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Step 1: choose a file."""
    organisation = organisation_for(request.user, slug, "import")
    form = UploadForm(request.POST or None, request.FILES or None, language=_lang(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = actions.upload(organisation=organisation, file=file, by=cast(User, request.user))
        return redirect("import-job", slug=slug, job_id=made.pk)
    return _render(request, "choose", {"organisation": organisation, "form": form, "step": 1}, form.errors)


@login_required
def job(request: HttpRequest, slug: str, job_id: UUID) -> HttpResponse:
    """Where an import is now: under way, or the step that waits for its person."""
    found = job_for(request.user, slug, job_id, "import")
    actions.reap(job=found)
    if found.working:
        answer = _render(request, "progress", _context(found))
        answer["Refresh"] = "2"
        return answer
    return _step(request, found)


def _step(request: HttpRequest, found: ImportJob, form: ColumnsForm | LoadForm | None = None) -> HttpResponse:
    context = _context(found)
    if found.state == "match":
        context["form"] = form or ColumnsForm(job=found, language=_lang(request))
    elif found.state == "checked":
        context["form"] = form or LoadForm(language=_lang(request))
    elif found.error:
        context["reason"] = say(found.error["code"], found.error["values"], _lang(request))
    return _render(request, TEMPLATES[found.state], context, form.errors if form else None)


@login_required
@require_POST
def columns(request: HttpRequest, slug: str, job_id: UUID) -> HttpResponse:
    """Step 2 answered: what each column means. Possible again until the load."""
    found = _in_state(request, slug, job_id, ("match", "checked", "refused"))
    if "back" in request.POST:
        found.state = "match"
        found.save(update_fields=["state"])
        return redirect("import-job", slug=slug, job_id=job_id)
    form = ColumnsForm(request.POST, job=found, language=_lang(request))
    if not form.is_valid():
        return _step(request, found, form)
    actions.choose_columns(job=found, mapping=form.mapping())
    return redirect("import-job", slug=slug, job_id=job_id)


@login_required
@require_POST
def load(request: HttpRequest, slug: str, job_id: UUID) -> HttpResponse:
    """Step 3 answered: load what was shown."""
    found = _in_state(request, slug, job_id, ("checked",))
    form = LoadForm(request.POST, language=_lang(request))
    if not form.is_valid():
        return _step(request, found, form)
    actions.begin_load(job=found, control_total=form.cleaned_data["control_total"])
    return redirect("import-job", slug=slug, job_id=job_id)


@login_required
@require_POST
def undo(request: HttpRequest, slug: str, job_id: UUID) -> HttpResponse:
    """Take a loaded batch out again, or throw an upload away."""
    found = job_for(request.user, slug, job_id, "undo")
    if found.state == "done":
        actions.undo(job=found)
    elif not found.working:
        actions.abandon(job=found)
    return redirect("import-job", slug=slug, job_id=job_id)


@login_required
def errors(request: HttpRequest, slug: str, job_id: UUID) -> HttpResponse:
    """The rows held back, with a column that says what is wrong; for members only."""
    found = job_for(request.user, slug, job_id, "see_lines")
    batch = next((ref for ref, _ in store().batches() if ref.id == found.batch), None)
    if batch is None:
        raise Http404
    answer = HttpResponse(corrections(batch, _lang(request)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="fel-{found.pk.hex[:8]}.csv"'
    return answer


def _in_state(request: HttpRequest, slug: str, job_id: UUID, states: tuple[str, ...]) -> ImportJob:
    found = job_for(request.user, slug, job_id, "import")
    if found.state not in states:
        raise Http404
    return found


def _context(found: ImportJob) -> dict[str, object]:
    tables = found.answer.get("tables", [])
    return {
        "job": found,
        "organisation": found.organisation,
        "step": STEP[found.state],
        "sums": found.sums(),
        "more": max(0, found.sums()["quarantined"] - len(found.answer.get("held", []))),
        "tables": tables,
        "size": f"{found.size / 1e6:.0f} MB" if found.size >= 1e6 else f"{max(1, round(found.size / 1e3))} kB",
        "currency": tables[0]["currency"] if tables else "",
        "notices": [notice for table in tables for notice in table["warnings"]] + found.answer.get("notices", []),
    }


def _render(request: HttpRequest, name: str, context: dict[str, object], wrong: object = None) -> HttpResponse:
    more = {"page": "workbench", "steps": (1, 2, 3, 4), "wrong": wrong}
    return render(request, f"workbench/{name}.html", context | more, status=422 if wrong else 200)


def _lang(request: HttpRequest) -> Language:
    return "en" if page(request)["lang"] == "en" else "sv"
