"""Reporting for the firm: what was promised, where it stands, a month's report by phone, or many by file."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.access import language_of, signed_in
from kvar.organisations.models import Organisation
from kvar.organisations.queries import organisation_for
from kvar.procurement import kept, report_file, results
from kvar.procurement.actions import follow_up as acts
from kvar.procurement.breaches import steps_taken
from kvar.procurement.models import Obligation

LARGEST = 2_000_000


@login_required
def contracts(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the firm has promised; a POST reads a filled list, whole or not at all."""
    firm = organisation_for(request.user, slug, "bid")
    words: dict[str, object] = {}
    if request.method == "POST":
        try:
            wrong = _load(request, firm)
            if not wrong:
                return redirect("supplier-contracts", slug=slug)
            language = language_of(request)
            words["lines"] = [(row.line, row.error.say(language)) for row in wrong]
        except KvarError as error:
            words["wrong"] = error.say(language_of(request))
    rows = results.standings(_promised(firm), timezone.localdate())
    words |= {"firm": firm, "rows": rows, "contracts": results.of_supplier(firm),
              "late": sum(row.light in ("broken", "behind") or bool(row.silent) for row in rows),
              "page": "workbench"}  # fmt: skip
    return render(
        request, "procurement/follow_contracts.html", words, status=422 if request.method == "POST" else 200
    )


@login_required
def blank(request: HttpRequest, slug: str) -> HttpResponse:
    """The list to fill in with a spreadsheet."""
    firm = organisation_for(request.user, slug, "bid")
    answer = HttpResponse(
        report_file.blank(list(_promised(firm)), language_of(request)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="rapport.csv"'
    return answer


@login_required
def report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One promise: a month, a number, a few words and perhaps a picture; made for a phone."""
    firm, wrong = organisation_for(request.user, slug, "bid"), ""
    item = _promised(firm).filter(pk=number).first()
    if item is None:
        raise Http404
    if request.method == "POST":
        try:
            _report(request, item)
            return redirect("supplier-report", slug=slug, number=number)
        except KvarError as error:
            wrong = error.say(language_of(request))
    [row] = results.standings(_promised(firm).filter(pk=number), timezone.localdate())
    words = {"firm": firm, "row": row, "wrong": wrong, "given": request.POST, "page": "workbench",
             "taken": steps_taken([row.obligation]),
             "this_month": f"{timezone.localdate():%Y-%m}"}  # fmt: skip
    return render(request, "procurement/follow_report.html", words, status=422 if wrong else 200)


def _promised(firm: Organisation) -> QuerySet[Obligation]:
    return Obligation.objects.filter(contract__supplier=firm)


def _report(request: HttpRequest, item: Obligation) -> None:
    period, amount = (request.POST.get(name, "") for name in ("period", "amount"))
    month, done = report_file.month(period), report_file.amount(amount)
    file = request.FILES.get("file")
    evidence = kept.keep(file) if file else ""
    note = request.POST.get("note", "")
    acts.report(obligation=item, by=signed_in(request), period=month, amount=done, note=note, evidence=evidence)


@transaction.atomic
def _load(request: HttpRequest, firm: Organisation) -> list[report_file.Wrong]:
    file = cast("UploadedFile[bytes] | None", request.FILES.get("file"))
    if file is None:
        raise KvarError("procurement.evidence.empty")
    rows, wrong = report_file.read(file.read(LARGEST), {item.pk: item for item in _promised(firm)})
    if not rows and not wrong:
        raise KvarError("procurement.report.nothing")
    for row in [] if wrong else rows:
        acts.report(
            obligation=row.obligation, by=signed_in(request), period=row.period, amount=row.amount, note=row.note
        )
    return wrong
