"""The places known: Sweden's municipalities and regions, UK local authorities, and those the user loads.

Codes are SCB's (290 municipalities, 21 counties) and ONS's (GSS, local authorities of 2023). In the UK a region is
the county where there is one, else (unitary authorities, metropolitan and London boroughs) one of the nine regions
of England or Scotland, Wales or Northern Ireland; a county lies in its region. Contains public sector information
licensed under the Open Government Licence v3.0 (ONS, local authority districts to counties and regions).
"""

import csv
from collections.abc import Iterable
from importlib.resources import files
from io import StringIO
from pathlib import Path

from kvar.core.errors import KvarError
from kvar.places.place import Place

COLUMNS = ("code", "name", "level", "parent", "country", "vintage")
COUNTRIES = {"SE": "Sverige", "GB": "Storbritannien"}


class Gazetteer:
    """Look-up of places by code, and the nearness of one to another."""

    def __init__(self, places: Iterable[Place], vintage: str = "") -> None:
        self.places: dict[str, Place] = {}
        for place in places:
            known = self.places.get(place.code)
            if known is None or _fits(place.vintage, vintage) >= _fits(known.vintage, vintage):
                self.places[place.code] = place

    @classmethod
    def load(cls, folder: Path | None = None, vintage: str = "") -> "Gazetteer":
        """The built-in places and every `*.csv` in the user's folder.

        Of a code with several vintages the newest counts; with `vintage` (a year) the newest that is not later.
        """
        built_in = files("kvar.places") / "data"
        texts = [(name, (built_in / name).read_text(encoding="utf-8")) for name in ("se.csv", "gb.csv")]
        own = sorted(folder.glob("*.csv")) if folder and folder.is_dir() else []
        texts += [(path.name, path.read_text(encoding="utf-8-sig")) for path in own]
        return cls((place for name, text in texts for place in read_places(text, name)), vintage)

    def get(self, code: str) -> Place:
        """The place of a code; `places.code.unknown`."""
        if code not in self.places:
            raise KvarError("places.code.unknown", place=code)
        return self.places[code]

    def chain(self, code: str) -> tuple[str, ...]:
        """The place itself and all it lies in, nearest first; the country last where it is known."""
        found = []
        while code in self.places and code not in found:
            found.append(code)
            code = self.places[code].parent
        return (*found, code) if code in COUNTRIES else tuple(found)

    def vintages(self, code: str) -> dict[str, str]:
        """The vintage of the place and of all it lies in: level -> year of the division."""
        return {level: self.places[one].vintage for level, one in self.within(code).items() if one in self.places}

    def within(self, code: str) -> dict[str, str]:
        """The place itself and all it lies in: level -> code, of two on one level the nearest."""
        found: dict[str, str] = {}
        for one in self.chain(code):
            found.setdefault("country" if one in COUNTRIES else self.places[one].level, one)
        return found

    def municipalities(self, region: str) -> tuple[str, ...]:
        """The municipalities that lie in a region, also through a county."""
        return tuple(
            p.code for p in self.places.values() if p.level == "municipality" and region in self.chain(p.parent)
        )


def _fits(vintage: str, asked: str) -> tuple[bool, str]:
    """How well a vintage fits the one asked for: not later than it first, then the newest."""
    return not asked or vintage <= asked, vintage


def read_places(text: str, name: str) -> list[Place]:
    """Places of a CSV with the columns of COLUMNS (and `invented`); `places.columns.missing`."""
    rows = csv.DictReader(StringIO(text), delimiter=";" if ";" in text.split("\n", 1)[0] else ",")
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or [])]
    if missing:
        raise KvarError("places.columns.missing", file=name, missing=", ".join(missing))
    return [
        Place(
            row["code"],
            row["name"],
            row["level"],
            row["parent"],
            row["country"],
            row["vintage"],
            row.get("invented") == "1",
        )
        for row in rows
    ]
