"""The public pages. The address is the state; every chart has its table, CSV and SVG."""

import csv
import hashlib
from io import StringIO

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kvar.core.messages import LANGUAGES, Language, say
from kvar.spending.rows import PARTS, Row
from kvar.web import data
from kvar.web.charts import stacked
from kvar.web.templatetags.kvar import decimal

LEVELS = (*PARTS,)
METHODS = ("local_share", "coverage")


def start(request: HttpRequest) -> HttpResponse:
    """To the place, or a choice of places, or how to begin."""
    homes = data.homes()
    lang = "en" if request.headers.get("Accept-Language", "sv").startswith("en") else "sv"
    if len(homes) == 1:
        return redirect("overview", lang=lang, place=homes[0].code)
    return render(request, "choose.html", {"lang": lang, "homes": homes})


def overview(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Översikt: one sentence, four figures, share by year, where it leaks."""
    return _page(request, lang, place, "overview.html")


def money(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Pengarna: anchors, categories, legal forms, suppliers, and what is not purchases."""
    return _page(request, lang, place, "money.html")


def method(request: HttpRequest, lang: str, place: str, indicator: str) -> HttpResponse:
    """How a figure is defined, with its version."""
    if indicator not in METHODS:
        raise Http404
    return _page(request, lang, place, "method.html", indicator=indicator)


def chart_csv(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Share by year as CSV: `;` and decimal comma with BOM in Swedish, `,` and point in English."""
    language = _language(lang)
    scene = data.scene(request, place)
    text = StringIO()
    out = csv.writer(text, delimiter=";" if language == "sv" else ",")
    out.writerow(("", *(say(f"web.part.{name}", {}, language) for name in LEVELS)))
    for row in scene.all_years.by_year:
        parts = stacked.shares(row.parts)
        out.writerow((row.label, *(decimal(100 * parts.get(name, 0.0), language) for name in LEVELS)))
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="kvar-{place}-andel.csv"'
    return answer


def chart_svg(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Share by year as a file of its own."""
    scene = data.scene(request, place)
    context = {"lang": _language(lang), "chart": stacked.wide(scene.all_years.by_year), "id": "download"}
    return render(request, "stacked.svg", context, content_type="image/svg+xml")


def _language(lang: str) -> Language:
    if lang not in LANGUAGES:
        raise Http404
    return "en" if lang == "en" else "sv"


def _page(request: HttpRequest, lang: str, place: str, template: str, **more: object) -> HttpResponse:
    """The page, kept as written until the data change: the same for every reader."""
    address = f"{data.version(data.store())} {request.get_full_path()}"
    key = hashlib.sha256(address.encode()).hexdigest()
    content = cache.get(key)
    if content is None:
        content = render(request, template, _context(request, lang, place, template) | more).content
        cache.set(key, content, None)
    return HttpResponse(content)


def _context(request: HttpRequest, lang: str, place: str, template: str) -> dict[str, object]:
    language = _language(lang)
    scene = data.scene(request, place)
    rows = scene.all_years.by_year
    figure = scene.report.local_share["municipality"]
    other = "en" if language == "sv" else "sv"
    return {
        "lang": language,
        "scene": scene,
        "report": scene.report,
        "figure": figure,
        "of_hundred": round(100 * figure.low) if figure.low is not None else None,
        "first": _of_hundred(rows[0]) if rows else None,
        "wide": stacked.wide(rows),
        "narrow": stacked.narrow(rows),
        "parts": [name for name in LEVELS if any(stacked.shares(row.parts).get(name, 0) > 0 for row in rows)],
        "columns": LEVELS,
        "table": [(row.label, [stacked.shares(row.parts).get(name) for name in LEVELS]) for row in rows],
        "leaks": leaks(scene.report.by_category),
        "other": request.get_full_path().replace(f"/{language}/", f"/{other}/", 1),
        "page": template.removesuffix(".html"),
    }


def _of_hundred(row: Row) -> int | None:
    return round(100 * row.parts.up_to("municipality") / row.parts.base) if row.parts.base > 0 else None


def leaks(rows: tuple[Row, ...], shown: int = 8) -> list[dict[str, object]]:
    """Categories by what is known to leave the home region, largest first, with a bar's width in per cent."""
    away = [(row, row.parts.levels["country"] + row.parts.levels["abroad"]) for row in rows]
    largest = sorted((pair for pair in away if pair[1] > 0), key=lambda pair: -pair[1])[:shown]
    top = largest[0][1] if largest else 1
    return [
        {
            "label": row.label,
            "amount": amount,
            "share": amount / row.parts.base,
            "width": round(100 * amount / top, 1),
        }
        for row, amount in largest
    ]
