"""The public page of a procurement: from the dialogue to why it was decided as it was."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kvar.core.messages import LANGUAGES, Language
from kvar.procurement.actions.bidding import is_plain
from kvar.procurement.log.merkle import root
from kvar.procurement.models import Procurement
from kvar.procurement.published import DECIDED, awards, cancelled, fields, moves, places
from kvar.procurement.queries import announced
from kvar.procurement.record import hashes
from kvar.procurement.residents import told
from kvar.procurement.rules.cpv import name_of
from kvar.procurement.rules.engine import Open, answer
from kvar.procurement.rules.lawbook import Lawbook
from kvar.procurement.views.calendar import stands


def notice(request: HttpRequest, lang: str, place: str, pk: UUID) -> HttpResponse:
    """Need, lots, what is judged, terms, dialogue, questions and answers; after the award, why and how to check."""
    language, item = language_of(lang), found(place, pk)
    at = stands(item, timezone.now())
    words: dict[str, Any] = {
        "lang": language, "item": item, "stands": at, "plain": is_plain(item), "place": place, "room": "procurement",
        "cpv_name": name_of(item.cpv, language) if item.cpv else "",
        "functional": [line.split("\t") for line in item.functional.splitlines()],
        "meetings": item.meetings.order_by("at"),
        "questions": item.questions.exclude(answer="").order_by("answered"),
    } | _law(item)  # fmt: skip
    if item.published:
        words |= {"moves": moves(item), "fields": fields(item, language), "results": _results(item)}
        words["proposals"] = told(item, language)
        words["cancelled"] = cancelled(item)
        words["root"] = root(hashes(item)).hex() if item.phase in DECIDED else ""
    return render(request, "procurement/notice.html", words)


def _results(item: Procurement) -> list[dict[str, Any]]:
    return [{"award": award, "places": places(award.lot, award)} for award in awards(item)]


def _law(item: Procurement) -> dict[str, Open | Lawbook | None]:
    """The way taken, with its paragraphs; empty for a plan whose way is not chosen."""
    told = answer(item.as_need())
    return {"way": next((one for one in told.open if one.route.id == item.route), None), "book": told.book}


def found(place: str, pk: UUID) -> Procurement:
    """A procurement the public of a place sees; else 404."""
    item = announced(place).filter(pk=pk).first()
    if item is None:
        raise Http404
    return item


def language_of(lang: str) -> Language:
    """The language of an address; 404 for any other."""
    if lang not in LANGUAGES:
        raise Http404
    return "en" if lang == "en" else "sv"
