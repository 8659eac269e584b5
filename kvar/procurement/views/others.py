"""Upphandlingar på annat håll: notices of other buyers, read from files, open ones first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kvar.core.messages import Language
from kvar.procurement.models import OtherNotice
from kvar.procurement.rules.cpv import name_of, names
from kvar.procurement.views.notice import language_of

SHOWN = 200


def others(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """`?q=` finds by words of title, buyer, description or kind."""
    language, now = language_of(lang), timezone.now()
    words = request.GET.get("q", "").casefold().split()
    found = [(item, _kind(item, language)) for item in OtherNotice.objects.filter(place=place)]
    rows = [(item, kind) for item, kind in found if _holds(item, kind, words)]
    still = [row for row in rows if row[0].deadline and row[0].deadline > now]
    past = [row for row in rows if not (row[0].deadline and row[0].deadline > now)]
    still.sort(key=lambda row: (row[0].deadline, row[0].pk))
    past.sort(key=lambda row: (row[0].published is None, row[0].published, row[0].pk), reverse=True)
    context = {
        "lang": language, "q": request.GET.get("q", ""), "open": len(still), "all": len(found), "any": bool(rows),
        "groups": [("open", still[:SHOWN]), ("past", past[:SHOWN])], "more": max(len(rows) - 2 * SHOWN, 0),
        "sources": sorted({(item.source, item.format) for item, _ in found}),
    }  # fmt: skip
    return render(request, "procurement/others.html", context)


def _kind(item: OtherNotice, language: Language) -> str:
    return name_of(item.cpv, language) if item.cpv in names() else ""


def _holds(item: OtherNotice, kind: str, words: list[str]) -> bool:
    text = " ".join((item.title, item.buyer, item.description, item.cpv, kind)).casefold()
    return all(word in text for word in words)
