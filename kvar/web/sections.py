"""The rooms of the menu and the pages in each, in the order shown.

A page's address name, its template (`<name>.html`) and its text (`web.section.<name>`) share one name.
"""

SECTIONS: dict[str, tuple[str, ...]] = {
    "overview": ("overview",),
    "money": (
        "money",
        "definitions",
        "firms",
        "districts",
        "opportunities",
        "change",
        "multiplier",
        "network",
        "together",
        "open_data",
    ),
    "procurement": ("calendar", "others", "route", "outcome"),
}


WITHOUT_LEDGER = ("procurement",)


def menu(page: str, *, shown: bool = True) -> dict[str, object]:
    """The rooms with their first pages, the room a page lies in and its neighbours there, for the base template.

    Where no ledger is `shown`, only the rooms that need none.
    """
    room = section_of(page)
    doors = [(name, pages[0]) for name, pages in SECTIONS.items() if shown or name in WITHOUT_LEDGER]
    return {"page": page, "rooms": doors, "room": room, "neighbours": SECTIONS.get(room, ())}


def section_of(page: str) -> str:
    """The room that a page lies in; empty for pages outside the menu."""
    return next((room for room, pages in SECTIONS.items() if page in pages), "")
