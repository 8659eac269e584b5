"""Time in the example: its past is made by the ordinary actions, as if done then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The clock that the actions read stands at a moment; only for the example, in a process of its own."""
    with patch.object(timezone, "now", return_value=moment):
        yield


def day(days: int, hour: int = 9) -> datetime:
    """So many days from today (negative: ago), at an hour of the local clock."""
    today = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)
    return today + timedelta(days=days)
