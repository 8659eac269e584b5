"""The glossary as a page: what the words mean, room by room, in the page's language with the other beside."""

from django.http import HttpRequest, HttpResponse

from kvar.core.glossary import ROOMS, Term, terms
from kvar.core.messages import Language
from kvar.web.views import language_of, page

_LAST = str.maketrans("åäö", "{|}")  # after z, as Swedish sorts


def glossary(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """Every term with an address of its own (`#interval`)."""
    language = language_of(lang)
    rooms = [(room, _told(room, language)) for room in ROOMS]
    return page(request, lang, place, "glossary.html", glossary=rooms)


def _told(room: str, lang: Language) -> list[dict[str, str]]:
    chosen = [term for term in terms() if term.room == room]
    ordered = sorted(chosen, key=lambda term: term.word[lang].lower().translate(_LAST))
    return [_one(term, lang) for term in ordered]


def _one(term: Term, lang: Language) -> dict[str, str]:
    other: Language = "en" if lang == "sv" else "sv"
    same = term.word[other] == term.word[lang]
    return {"id": term.id, "word": term.word[lang], "meaning": term.meaning[lang],
            "other": "" if same else term.word[other], "other_lang": other}  # fmt: skip
