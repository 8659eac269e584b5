"""Open data from the workbench: see what would be open and what is withheld, open a year, take it back. Audited."""

import csv
from itertools import islice

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from kvar.core.errors import KvarError
from kvar.ledger.model import BatchRef
from kvar.organisations.access import language_of, signed_in
from kvar.organisations.models import Organisation
from kvar.organisations.queries import organisation_for
from kvar.organisations.uploads import store
from kvar.spending.open_data.export import csv_of, summary
from kvar.spending.open_data.published import close_year, log, open_year, opened
from kvar.spending.open_data.withheld import REASONS

SHOWN, PIECES = 8, 3  # rows of the preview; pieces of the file that are read for them
COLUMNS = (8, 3, 6, 7)  # of the file's: day, supplier, account's name, amount


@login_required
def open_ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """A year as it would be open, the years, and the log; the year to look at is the latest that is not open."""
    organisation = organisation_for(request.user, slug, "publish")
    wrong, batches = "", _batches(slug)
    if request.method == "POST":
        try:
            _decide(request, organisation, batches)
            return redirect(request.get_full_path())
        except KvarError as error:
            wrong = error.say(language_of(request))
    years = _years(slug)
    open_ = {one.year: one for one in opened(store()) if one.anchor == slug}
    year = _year(request, years, set(open_))
    more: dict[str, object] = {
        "organisation": organisation,
        "years": [(y, open_.get(y)) for y in years],
        "wrong": wrong,
        "year": year,
        "log": log(store(), slug),
        "page": "workbench",
        "contact": request.POST.get("contact", signed_in(request).email),
    }
    if year:
        sums = summary(store(), batches, year)
        more |= {
            "sums": sums,
            "one": open_.get(year),
            "preview": _preview(batches, year),
            "withheld": [(name, *sums.withheld[name]) for name in REASONS if name in sums.withheld],
            "currency": batches[0].currency,
        }
    return render(request, "workbench/open_data.html", more, status=422 if wrong else 200)


@login_required
def open_ledger_file(request: HttpRequest, slug: str, year: int) -> StreamingHttpResponse:
    """The very file that would be open, to read first; 404 for a year without a ledger."""
    organisation_for(request.user, slug, "publish")
    if year not in _years(slug):
        raise Http404
    answer = StreamingHttpResponse(csv_of(store(), _batches(slug), year), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="leverantorsreskontra-{slug}-{year}.csv"'
    return answer


def _decide(request: HttpRequest, organisation: Organisation, batches: list[BatchRef]) -> None:
    by, given = signed_in(request).email, request.POST.get("year", "")
    year = int(given) if given.isdecimal() else 0
    if year not in _years(organisation.slug):
        raise Http404
    if "close" in request.POST:
        close_year(store(), organisation.slug, year, by=by)
        return
    if "read" not in request.POST:
        raise KvarError("open_data.read_first")
    open_year(store(), batches, organisation.slug, year, by=by, contact=request.POST.get("contact", "").strip())


def _batches(slug: str) -> list[BatchRef]:
    return [ref for ref, _ in store().batches() if ref.anchor.slug == slug]


def _years(slug: str) -> list[int]:
    """The years that the ledger has lines of, newest first."""
    months = {month for ref, report in store().batches() if ref.anchor.slug == slug for month in report["months"]}
    return sorted({int(month[:4]) for month in months if month != "0"}, reverse=True)


def _year(request: HttpRequest, years: list[int], open_: set[int]) -> int | None:
    given = request.GET.get("year", "")
    if given and (not given.isdecimal() or int(given) not in years):
        raise Http404
    return int(given) if given else next((year for year in years if year not in open_), years[0] if years else None)


def _preview(batches: list[BatchRef], year: int) -> list[list[str]]:
    """The first rows of the file, some of its columns; its first piece is the heading."""
    text = b"".join(islice(csv_of(store(), batches, year), 1, PIECES)).decode()
    return [[row[at] for at in COLUMNS] for row in islice(csv.reader(text.splitlines()), SHOWN)]
