"""The public calendar: what the anchors of a place plan, what is open for bids, and what has been decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kvar.core.messages import LANGUAGES, Language
from kvar.procurement.models import Meeting, Procurement
from kvar.procurement.queries import announced
from kvar.procurement.rules.cpv import name_of

ORDER = ("open", "dialogue", "closed", "decided", "cancelled")


@dataclass(frozen=True, slots=True)
class Row:
    """A procurement in the calendar: where it stands, its kind by CPV, and the next day that matters to a firm."""

    procurement: Procurement
    stands: str
    cpv: str
    day: datetime | None


def calendar(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Open ones first; `?q=` finds by words of title, need, buyer or kind."""
    if lang not in LANGUAGES:
        raise Http404
    language: Language = "en" if lang == "en" else "sv"
    words = request.GET.get("q", "").casefold().split()
    rows = [row for row in rows_of(place, language) if _holds(row, words)]
    groups = [(name, [row for row in rows if row.stands == name]) for name in ORDER]
    context = {"lang": language, "groups": groups, "q": request.GET.get("q", ""), "open": len(groups[0][1]),
               "any": bool(rows)}  # fmt: skip
    return render(request, "procurement/calendar.html", context)


def rows_of(place: str, language: Language) -> list[Row]:
    """Every announced procurement of a place, by the day that matters."""
    now = timezone.now()
    found = [_row(item, language, now) for item in announced(place).prefetch_related("meetings")]
    return sorted(found, key=lambda row: (row.day is None, row.day, str(row.procurement.pk)))


def stands(procurement: Procurement, now: datetime) -> str:
    """Where it stands for the public: dialogue, open, closed (being opened or judged), decided or cancelled."""
    if procurement.phase in ("planning", "cancelled"):
        return "dialogue" if procurement.phase == "planning" else "cancelled"
    if procurement.phase == "published":
        return "open" if procurement.deadline and now < procurement.deadline else "closed"
    return "closed" if procurement.phase in ("opening", "evaluation") else "decided"


def _row(item: Procurement, language: Language, now: datetime) -> Row:
    at = stands(item, now)
    day = _next(item.meetings.all(), now) if at == "dialogue" else item.deadline
    return Row(item, at, name_of(item.cpv, language) if item.cpv else "", day)


def _next(meetings: Iterable[Meeting], now: datetime) -> datetime | None:
    """The next meeting, or else the last one held."""
    days = sorted(item.at for item in meetings)
    return next((day for day in days if day >= now), days[-1] if days else None)


def _holds(row: Row, words: list[str]) -> bool:
    item = row.procurement
    text = " ".join((item.title, item.need, item.organisation.name, item.cpv, row.cpv)).casefold()
    return all(word in text for word in words)
