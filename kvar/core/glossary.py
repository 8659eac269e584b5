"""The words of the field in both languages: `glossary.csv` is the one source of GLOSSARY.md and of the web page."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kvar.core.messages import Language

ROOMS = ("money", "places", "firms", "files", "procurement", "signs")


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means, in both languages; `room` is one of ROOMS."""

    room: str
    word: dict[Language, str]
    meaning: dict[Language, str]

    @property
    def id(self) -> str:
        """Its address on the page: the English word with dashes."""
        return "-".join("".join(sign if sign.isalnum() else " " for sign in self.word["en"].lower()).split())


@cache
def terms() -> tuple[Term, ...]:
    """Every term, room by room as ROOMS has them, in the order of the file."""
    text = (files("kvar.core") / "glossary.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    found = [
        Term(r["room"], {"sv": r["sv"], "en": r["en"]}, {"sv": r["sv_means"], "en": r["en_means"]}) for r in rows
    ]
    return tuple(sorted(found, key=lambda term: ROOMS.index(term.room)))
