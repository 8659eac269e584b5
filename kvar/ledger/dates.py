"""Dates as ledgers write them; the order of day and month is decided over the whole column."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

Order = Literal["ymd", "dmy", "mdy"]
MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january januari", "feb february februari", "mar march mars", "apr april", "may maj",
         "jun june juni", "jul july juli", "aug august augusti", "sep sept september", "oct okt october oktober",
         "nov november", "dec december"),
        1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?(?: ?[AP]M)?$", re.IGNORECASE)
_PARTS = re.compile(r"^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})$")
_NAMED = re.compile(r"^(\d{1,2})[-/. ]([A-Za-z]{3,9})\.?[-/., ]+(\d{2}|\d{4})$")
_COMPACT = re.compile(r"^(?:19|20)\d{6}$")
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_EXCEL_EPOCH = date(1899, 12, 30)


def decide_order(cells: Iterable[str]) -> Order:
    """Day or month first? Any first part above 12 says day, any second part above 12 says month; else day."""
    votes = {"dmy": 0, "mdy": 0}
    for cell in cells:
        found = _PARTS.match(_TIME.sub("", cell.strip()))
        if found and len(found.group(1)) <= 2:
            votes["dmy"] += int(found.group(1)) > 12
            votes["mdy"] += int(found.group(2)) > 12
    return "mdy" if votes["mdy"] > votes["dmy"] else "dmy"


def parse_date(text: str, order: Order, *, serials: bool = False) -> date | None:
    """One cell to a date, None if it is none (30 February too). `serials`: five digits are Excel days."""
    bare = _TIME.sub("", text.strip())
    if not bare.isascii():
        return None
    if found := _PARTS.match(bare):
        return _from_parts(found.group(1), found.group(2), found.group(3), order)
    if found := _NAMED.match(bare):
        number = MONTHS.get(found.group(2).lower())
        return _date(_year(found.group(3)), number, int(found.group(1))) if number else None
    if _COMPACT.match(bare):
        return _date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    if serials and (found := _SERIAL.match(bare)):
        return _EXCEL_EPOCH + timedelta(days=int(found.group(1)))
    return None


def _from_parts(one: str, two: str, three: str, order: Order) -> date | None:
    if len(one) == 4:
        return _date(int(one), int(two), int(three)) if len(three) <= 2 else None
    if len(three) == 3 or len(one) == 3:
        return None
    day, number = (one, two) if order != "mdy" else (two, one)
    if order == "ymd" and len(three) <= 2:
        return _date(_year(one), int(two), int(three))
    return _date(_year(three), int(number), int(day))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _date(year: int, number: int, day: int) -> date | None:
    try:
        found = date(year, number, day)
    except ValueError:
        return None
    return found if 1990 <= year <= 2100 else None


def parse_dates(cells: list[str], order: Order | None, *, serials: bool = False) -> dict[str, date | None]:
    """Every distinct cell of a column with its date."""
    distinct = set(cells)
    decided = order or decide_order(distinct)
    return {cell: parse_date(cell, decided, serials=serials) for cell in distinct}
