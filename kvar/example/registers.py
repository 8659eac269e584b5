"""The invented registers: firms, their workplaces, and for some of them where the staff live."""

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kvar.core.money import split
from kvar.example.firms import Firm
from kvar.example.town import DISTRICTS, ELSEWHERE, HOME, NEIGHBOURS

FIRMS = ("org_number", "name", "legal_form", "municipality_code", "district", "sni", "employees", "ownership",
         "parent_number", "factoring")  # fmt: skip
WORKPLACES = ("org_number", "municipality_code", "district", "employees")
RESIDENTS = ("org_number", "municipality_code", "residents")
Cells = tuple[str | int, ...]


def write_registers(folder: Path, known: Sequence[Firm], rng: random.Random) -> None:
    """`foretagsregister.csv`, `arbetsstallen.csv` and `personalens-hemort.csv`."""
    listed = [firm for firm in known if firm.place and not firm.number.endswith("3")]  # some are in no register
    places = {firm.number: list(_workplaces(rng, firm)) for firm in listed if not firm.is_person}
    _write(folder / "foretagsregister.csv", FIRMS, (_entry(firm) for firm in listed))
    _write(folder / "arbetsstallen.csv", WORKPLACES, (row for rows in places.values() for row in rows))
    _write(folder / "personalens-hemort.csv", RESIDENTS, _residents(rng, places))


def _write(path: Path, header: Cells, rows: Iterable[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(header)
        out.writerows(rows)


def _entry(firm: Firm) -> Cells:
    district = "" if firm.number.endswith("7") else firm.district  # the register does not know them all
    known = (firm.number, firm.name, firm.form, firm.place, district, firm.industry, firm.employees)
    return (*known, firm.ownership, firm.parent, "1" if firm.collects else "")


def _workplaces(rng: random.Random, firm: Firm) -> Iterator[Cells]:
    """Where the firm works: mostly at its seat; chains also in the home town; a few only elsewhere or unlisted."""
    if rng.random() < 0.05:
        return
    places = [firm.place]
    if firm.employees >= 10 and rng.random() < (0.35 if firm.place != HOME else 0.25):
        places.append(HOME if firm.place != HOME else rng.choice(_others()))
    if firm.place == HOME and rng.random() < 0.04:
        places = [rng.choice(_others())]  # seated at home, works elsewhere
    weights = [rng.randint(3, 9), *(rng.randint(1, 5) for _ in places[1:])]
    for place, staff in zip(places, split(firm.employees, weights), strict=True):
        district = rng.choice(list(DISTRICTS)) if place == HOME else ""
        if place == firm.place:
            district = firm.district
        yield firm.number, place, district, "" if rng.random() < 0.03 else staff


def _others() -> list[str]:
    return [f"99{number:02}" for number in range(2, len(NEIGHBOURS) + 1)] + list(ELSEWHERE)


def _residents(rng: random.Random, places: dict[str, list[Cells]]) -> Iterator[Cells]:
    """Six firms in ten have told where their staff live: most where they work."""
    for number, rows in places.items():
        staff = [(str(row[1]), row[3]) for row in rows if isinstance(row[3], int)]
        if not sum(n for _, n in staff) or rng.random() > 0.6:
            continue
        homes: dict[str, int] = {}
        for place, n in staff:
            for home, part in zip((place, HOME, rng.choice(_others())), split(n, (70, 12, 18)), strict=True):
                homes[home] = homes.get(home, 0) + part
        yield from ((number, home, n) for home, n in homes.items() if n)
