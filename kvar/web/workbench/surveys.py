"""What suppliers answered: a list to send out, the answers back in, and how many there are. Never a single answer."""

import tempfile
from pathlib import Path
from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.core.whole import whole
from kvar.organisations.models import Organisation
from kvar.organisations.queries import organisation_for
from kvar.organisations.uploads import store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.ask import ask_list
from kvar.spending.surveys import Survey, load_replies, remove_replies, survey_of
from kvar.suppliers.labels import build
from kvar.web.context import page


@login_required
def surveys(request: HttpRequest, slug: str) -> HttpResponse:
    """Counts by year, a form for a file, and what was wrong with one that was refused."""
    organisation = organisation_for(request.user, slug, "import")
    wrong = ""
    if request.method == "POST":
        try:
            _change(request, organisation)
            return redirect("surveys", slug=slug)
        except KvarError as error:
            wrong = error.say(_lang(request))
    context = {"organisation": organisation, "rows": _rows(survey_of(store(), organisation.place)), "wrong": wrong,
               "years": _years(organisation), "page": "workbench"}  # fmt: skip
    return render(request, "workbench/surveys.html", context, status=422 if wrong else 200)


@login_required
def surveys_list(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The suppliers here to ask, as a CSV to fill in."""
    organisation = organisation_for(request.user, slug, "import")
    if year not in _years(organisation):
        raise Http404
    where = store()
    build(where, [ref for ref, _ in where.batches()])
    batches = [ref for ref, _ in where.batches() if ref.anchor.place == organisation.place]
    gazetteer = Gazetteer.load(where.root / "places")
    text = ask_list(where, batches, organisation.place, year, gazetteer=gazetteer, language=_lang(request))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="enkat-{organisation.place}-{year}.csv"'
    return answer


def _change(request: HttpRequest, organisation: Organisation) -> None:
    by = cast(User, request.user).email
    if year := request.POST.get("remove", ""):
        remove_replies(store(), organisation.place, whole(year) or 0, by=by)
        return
    file = request.FILES.get("file")
    if file is None:
        raise KvarError("workbench.file_missing")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "svar.csv"
        path.write_bytes(file.read())
        load_replies(path, store=store(), place=organisation.place, country=organisation.country, by=by)


def _rows(survey: Survey) -> list[dict[str, int]]:
    years = sorted({reply.year for reply in (*survey.replies, *survey.public)}, reverse=True)
    return [{"year": year, "n": sum(reply.year == year for reply in survey.replies), "public": len(survey.of(year)),
             "waiting": survey.waiting(year)} for year in years]  # fmt: skip


def _years(organisation: Organisation) -> list[int]:
    """The years that the place has payments for, newest first."""
    reports = (report for ref, report in store().batches() if ref.anchor.place == organisation.place)
    return sorted({int(month) // 100 for report in reports for month in report["months"]} - {0}, reverse=True)


def _lang(request: HttpRequest) -> Language:
    return "en" if page(request)["lang"] == "en" else "sv"
