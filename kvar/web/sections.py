"""The rooms of the menu and the pages in each, in the order shown.

A page's address name, its template (`<name>.html`) and its text (`web.section.<name>`) share one name.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

SECTIONS: dict[str, tuple[str, ...]] = {
    "overview": ("overview",),
    "money": (
        "money",
        "firms",
        "definitions",
        "districts",
        "change",
        "multiplier",
        "concentration",
        "opportunities",
        "network",
        "together",
        "open_data",
    ),
    "procurement": ("calendar", "others", "route", "outcome"),
}

QUESTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "money": {
        "where": ("money", "firms", "definitions", "districts"),
        "why": ("change", "multiplier", "concentration"),
        "act": ("opportunities", "network", "together", "open_data"),
    },
}
WITHOUT_LEDGER = ("procurement",)
FILTER = ("year", "anchor", "district")  # what is chosen is kept between the pages of these rooms
SHARING = ("overview", "money")
OWN_YEARS = ("together",)  # a year chosen elsewhere is none of theirs


def menu(page: str, *, shown: bool = True) -> dict[str, object]:
    """The rooms with their first pages, the room a page lies in and its neighbours there, for the base template.

    Where a room's pages answer several questions, each question with its first page and whether it is the page's,
    and as neighbours only the pages of that question. Where no ledger is `shown`, only the rooms that need none.
    """
    room = section_of(page)
    doors = [(name, pages[0]) for name, pages in SECTIONS.items() if shown or name in WITHOUT_LEDGER]
    asked = QUESTIONS.get(room, {})
    questions = [(name, pages[0], page in pages) for name, pages in asked.items()]
    near = next((pages for pages in asked.values() if page in pages), SECTIONS.get(room, ()))
    return {"page": page, "rooms": doors, "room": room, "questions": questions, "neighbours": near}


def kept(chosen: Mapping[str, str], page: str) -> str:
    """The filter of an address as a query for a link to another page: `?year=2024&district=…`, or nothing."""
    if section_of(page) not in SHARING:
        return ""
    names = [name for name in FILTER if chosen.get(name) and not (name == "year" and page in OWN_YEARS)]
    return f"?{urlencode({name: chosen[name] for name in names})}" if names else ""


def section_of(page: str) -> str:
    """The room that a page lies in; empty for pages outside the menu."""
    return next((room for room, pages in SECTIONS.items() if page in pages), "")
