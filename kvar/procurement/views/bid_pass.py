"""The evidence pass: a firm's kept answers and files, written once and used again."""

from datetime import date
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.whole import whole
from kvar.organisations.access import language_of
from kvar.organisations.models import Organisation
from kvar.organisations.queries import organisation_for
from kvar.procurement import kept
from kvar.procurement.actions import evidence
from kvar.procurement.models import Evidence


@login_required
def passport(request: HttpRequest, slug: str) -> HttpResponse:
    """What is kept; a POST keeps one more, or takes one away."""
    firm, wrong = organisation_for(request.user, slug, "bid"), ""
    if request.method == "POST":
        try:
            _change(request, firm)
            return redirect("bid-pass", slug=slug)
        except KvarError as error:
            wrong = error.say(language_of(request))
    rows = Evidence.objects.filter(organisation=firm)
    today = timezone.localdate()
    words = {"firm": firm, "wrong": wrong, "given": request.POST, "page": "workbench",
             "answers": [row for row in rows if row.kind == "answer"],
             "files": [(row, _old(row, today)) for row in rows if row.kind == "file"]}  # fmt: skip
    return render(request, "procurement/bid_pass.html", words, status=422 if wrong else 200)


@login_required
def file(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A kept file, to its own firm."""
    firm = organisation_for(request.user, slug, "bid")
    found = Evidence.objects.filter(organisation=firm, pk=number, kind="file").first()
    path = kept.path(found.sha256) if found else None
    if found is None or path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=found.name)


def _change(request: HttpRequest, firm: Organisation) -> None:
    title = request.POST.get("title", "")
    if number := request.POST.get("forget", ""):
        evidence.forget(organisation=firm, pk=whole(number) or 0)
        return
    if "file" not in request.FILES:
        evidence.keep_answer(organisation=firm, title=title, text=request.POST.get("text", ""))
        return
    given = cast("UploadedFile[bytes]", request.FILES["file"])
    day = _day(request.POST.get("valid_to", ""))
    evidence.keep_file(organisation=firm, title=title, name=given.name or "fil", body=given, valid_to=day)


def _old(row: Evidence, today: date) -> bool:
    return row.valid_to is not None and row.valid_to < today


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise KvarError("procurement.evidence.day", text=text[:20]) from error
