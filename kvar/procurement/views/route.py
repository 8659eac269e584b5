"""Which way? From what is to be bought to what the law opens and asks; no sign-in, and the address keeps it."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.messages import LANGUAGES, Language
from kvar.procurement.forms import NeedForm
from kvar.procurement.rules.cpv import name_of, search
from kvar.procurement.rules.engine import Answer, answer, last_day, told_once
from kvar.procurement.rules.lawbook import Duty
from kvar.procurement.rules.need import Jurisdiction
from kvar.procurement.templatetags.procurement import source_in

ORDER = ("forbidden", "must", "should", "may", "policy")


def route(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """The form, and the answer below it once something is asked; 422 with what to mend."""
    if lang not in LANGUAGES:
        raise Http404
    language: Language = "en" if lang == "en" else "sv"
    asked = "kind" in request.GET
    form = NeedForm(request.GET if asked else None, language=language, jurisdiction=_jurisdiction(place))
    words: dict[str, object] = {"form": form, "lang": language, "hits": search(request.GET.get("cpv", ""), language)}
    if asked and form.is_valid():
        try:
            words |= _told(answer(form.need(timezone.localdate())), language)
        except KvarError as error:
            form.add_error(None, error.say(language))
    return render(request, "procurement/route.html", words, status=422 if form.errors else 200)


def _jurisdiction(place: str) -> Jurisdiction:
    """Places of Great Britain have codes with a letter first: S is Scotland, the rest are read as England."""
    if place[:1] == "S" and place[1:2].isdigit():
        return "SCT"
    return "ENG" if place[:1].isalpha() else "SE"


def _told(found: Answer, language: Language) -> dict[str, object]:
    return {
        "answer": found,
        "total": found.value.total,
        "currency": found.book.currency,
        "cpv_name": name_of(found.need.cpv, language) if found.need.cpv else "",
        "ways": [(item, _day(last_day(item, found.need.day))) for item in found.open],
        "warnings": told_once(found.warnings),
        "limits": [(item, 100 * item.limit.value) for item in found.limits],
        "sources": list(dict.fromkeys(source_in(item.limit, language) for item in found.limits)),
        "duties": [(kind, _of_kind(found, kind)) for kind in ORDER if _of_kind(found, kind)],
    }


def _of_kind(found: Answer, kind: str) -> list[Duty]:
    return [duty for duty in found.duties if duty.kind == kind]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
