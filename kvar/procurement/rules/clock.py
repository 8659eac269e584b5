"""Deadlines as people write them: a local day and time that exists, once, and that leaves the shortest time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from kvar.core.errors import KvarError

ZONES = {"SE": ZoneInfo("Europe/Stockholm"), "GB": ZoneInfo("Europe/London")}


def local(text: str, country: str) -> datetime:
    """`2026-05-04T12:00` in the country's time, as an instant in UTC.

    `procurement.deadline.text`; `procurement.deadline.no_such_time` in the hour that spring skips;
    `procurement.deadline.twice` in the hour that autumn repeats.
    """
    try:
        naive = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise KvarError("procurement.deadline.text", text=text[:40]) from error
    zone = ZONES[country]
    try:
        first, second = (naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError as error:
        raise KvarError("procurement.deadline.text", text=text[:40]) from error
    if first.astimezone(zone).replace(tzinfo=None) != naive:
        raise KvarError("procurement.deadline.no_such_time", time=text)
    if first != second:
        raise KvarError("procurement.deadline.twice", time=text)
    return first


def check_deadline(deadline: datetime, *, now: datetime, earliest: date | None, country: str) -> None:
    """The deadline lies ahead and not before the first lawful day; `procurement.deadline.past` or `.too_soon`."""
    if deadline <= now:
        raise KvarError("procurement.deadline.past")
    if earliest is not None and deadline.astimezone(ZONES[country]).date() < earliest:
        raise KvarError("procurement.deadline.too_soon", day=earliest.isoformat())


def forced_extension(deadline: datetime, answered: datetime, days: int) -> datetime | None:
    """The first lawful deadline after an answer given later than so many days before; None when it was in time."""
    soonest = answered + timedelta(days=days)
    return soonest if deadline < soonest else None
