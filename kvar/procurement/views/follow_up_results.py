"""The public proof: what the promises of a place's contracts have brought, verified and merely reported apart."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kvar.core.messages import LANGUAGES, Language
from kvar.ledger.corrections import safe
from kvar.procurement import results
from kvar.procurement.indicators import Sum


def outcome(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """ "88 hires 2024": sums by theme, contract, anchor and district for a year, or for all years."""
    language, years, year = _asked(request, lang, place)
    tables = [(by, results.rolled_up(place, by, year, results.districts(place), language)) for by in results.BY]
    persons = results.hired(place, year) if year else None
    words = {"lang": lang, "tables": tables, "years": years, "year": year, "persons": persons,
             "contracts": results.contracts(place).count(), "query": f"?ar={year}" if year else "?ar="}  # fmt: skip
    return render(request, "procurement/follow_results.html", words)


def outcome_csv(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """The same as a file: `;`, UTF-8 with BOM, no cell that a spreadsheet takes for a formula."""
    language, _, year = _asked(request, lang, place)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(("by", "label", "unit", "obligations", "target", "verified", "reported"))
    for by in results.BY:
        for row in results.rolled_up(place, by, year, results.districts(place), language):
            writer.writerow(_cells(by, row))
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="resultat-{year or "alla"}.csv"'
    return answer


def _cells(by: str, row: Sum) -> tuple[str | int, ...]:
    done = "-" if row.verified is None else row.verified
    return by, safe(row.label), row.unit, row.obligations, row.target, done, row.reported


def _asked(request: HttpRequest, lang: str, place: str) -> tuple[Language, list[int], int | None]:
    """Language, the years that have reports, and the one asked for: the newest, or none for all."""
    if lang not in LANGUAGES:
        raise Http404
    years = results.years(place)
    text = request.GET.get("ar")
    year = (years[0] if years else None) if text is None else int(text) if text in map(str, years) else None
    return ("en" if lang == "en" else "sv"), years, year
