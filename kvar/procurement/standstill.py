"""When a contract may be signed: the standstill of the buyer's law and of the way that was taken."""

from datetime import date, datetime, time, timedelta

from kvar.procurement.models import Procurement
from kvar.procurement.rules.clock import ZONES
from kvar.procurement.rules.engine import answer
from kvar.procurement.rules.lawbook import Standstill

WORKING_DAYS = 5  # Monday to Friday: Kvar has no list of bank holidays


def standstill_of(procurement: Procurement) -> Standstill | None:
    """The standstill that holds; None where the law has none for the route (LOU 19a:10, 20:2)."""
    return answer(procurement.as_need(), procurement.route).standstill


def may_sign(procurement: Procurement, told: datetime) -> datetime:
    """The local midnight after so many whole days since the decision was told, so that a day alone says it; at once
    where there is no standstill.
    """
    found = standstill_of(procurement)
    if found is None:
        return told
    zone = ZONES[procurement.organisation.country]
    return datetime.combine(_after(told.astimezone(zone).date(), found) + timedelta(days=1), time.min, zone)


def _after(day: date, found: Standstill) -> date:
    """The last day of the standstill."""
    left = found.days
    while left:
        day += timedelta(days=1)
        left -= found.unit == "days" or day.weekday() < WORKING_DAYS
    return day
