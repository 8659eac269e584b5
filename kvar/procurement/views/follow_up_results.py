"""The public proof: what the promises of a place's contracts have brought, verified and merely reported apart."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kvar.core.dated import Dated
from kvar.core.messages import LANGUAGES, Language
from kvar.ledger.corrections import safe
from kvar.procurement import results, rollup
from kvar.procurement.indicators import Sum
from kvar.procurement.outcomes import Kind, kinds
from kvar.procurement.views.measuring import rates

HEADS = ("by", "label", "unit", "obligations", "target", "verified", "reported", "of", "baseline", "kind")


def outcome(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """ "88 hires 2024": sums by theme, contract, anchor and district for a year, or for all years."""
    language, years, year = _asked(request, lang, place)
    tables = [(by, rollup.rolled_up(place, by, year, results.districts(place), language)) for by in rollup.BY]
    hires, persons = (rollup.persons(place, year, kind) if year else None for kind in ("hires", ""))
    words = {
        "lang": lang, "place": place, "tables": tables, "years": years, "year": year, "persons": persons,
        "hires": hires, "currency": _currency(place), "kinds": _kinds(tables),
        "contracts": results.contracts(place).count(), "query": f"?ar={year}" if year else "?ar=",
    }  # fmt: skip
    return render(request, "procurement/follow_results.html", words)


def outcome_csv(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """The same as a file: `;`, UTF-8 with BOM, no cell that a spreadsheet takes for a formula."""
    language, _, year = _asked(request, lang, place)
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADS, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for by in rollup.BY:
        for row in rollup.rolled_up(place, by, year, results.districts(place), language):
            writer.writerow(_cells(by, row))
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="resultat-{year or "alla"}.csv"'
    return answer


def _kinds(tables: list[tuple[str, list[Sum]]]) -> list[tuple[Kind, list[Dated]]]:
    """The kinds that the tables have, each with what it is compared with."""
    found = {row.kind for _, rows in tables for row in rows}
    return [(kind, rates(kind)) for kind in kinds().values() if kind.id in found]


def _currency(place: str) -> str:
    first = results.contracts(place).select_related("buyer").first()
    return "GBP" if first and first.buyer.country == "GB" else "SEK"


def _cells(by: str, row: Sum) -> dict[str, str | int]:
    """Column -> cell, the columns of HEADS."""
    numbers: dict[str, str | int] = {
        "target": row.target or ".", "verified": "-" if row.verified is None else row.verified,
        "reported": row.reported, "of": row.of or ".", "baseline": row.baseline or ".",
    }  # fmt: skip
    if not row.addable:
        numbers = dict.fromkeys(numbers, ".")
    words = {"by": by, "label": safe(row.label), "unit": row.unit, "kind": row.kind or "."}
    return {**words, "obligations": row.obligations, **numbers}


def _asked(request: HttpRequest, lang: str, place: str) -> tuple[Language, list[int], int | None]:
    """Language, the years that have reports, and the one asked for: the newest, or none for all."""
    if lang not in LANGUAGES:
        raise Http404
    years = rollup.years(place)
    text = request.GET.get("ar")
    year = (years[0] if years else None) if text is None else int(text) if text in map(str, years) else None
    return ("en" if lang == "en" else "sv"), years, year
