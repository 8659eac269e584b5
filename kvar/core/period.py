"""Months as integers yyyymm, so that they sort, compare and fit a column."""

import re

from kvar.core.errors import KvarError

_PERIOD = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:\.\.(\d{4})(?:-(\d{2}))?)?$")


def month(year: int, number: int) -> int:
    """`month(2024, 3)` is 202403; `core.period.month` outside 1–12."""
    if not (1 <= number <= 12 and 1900 <= year <= 2199):
        raise KvarError("core.period.month", year=year, month=number)
    return year * 100 + number


def next_month(yyyymm: int) -> int:
    """The month after."""
    return yyyymm + 89 if yyyymm % 100 == 12 else yyyymm + 1


def months(first: int, last: int) -> list[int]:
    """Every month from `first` to `last`, both included; empty when `last` is before `first`."""
    result = []
    while first <= last:
        result.append(first)
        first = next_month(first)
    return result


def year_of(yyyymm: int) -> int:
    """The calendar year of a month."""
    return yyyymm // 100


def parse_period(text: str) -> tuple[int, int]:
    """First and last month of `2024`, `2024-03`, `2022..2024` or `2024-01..2024-06`; `core.period.text`."""
    found = _PERIOD.match(text.strip())
    if found is None:
        raise KvarError("core.period.text", text=text)
    year, number, last_year, last_number = found.groups()
    first = month(int(year), int(number or 1))
    if last_year is None:
        return first, month(int(year), int(number or 12))
    last = month(int(last_year), int(last_number or 12))
    if last < first:
        raise KvarError("core.period.text", text=text)
    return first, last
