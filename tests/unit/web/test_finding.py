"""A title says no more than the interval lets it."""

import pytest

from kvar.spending.rows import Parts
from kvar.web.finding import of_hundred


@pytest.mark.parametrize(
    ("local", "away", "home_country", "unresolved", "told"),
    [(39, 61, 0, 0, 39), (30, 30, 20, 20, 30), (0, 0, 100, 0, None), (10, 30, 30, 30, None), (0, 0, 0, 0, None)],
)
def test_nothing_is_said_where_most_cannot_be_placed(
    local: int, away: int, home_country: int, unresolved: int, told: int | None
) -> None:
    levels = {"district": 0, "municipality": local, "region": 0, "country": away, "abroad": 0}
    assert of_hundred(Parts(levels, home_country, unresolved)) == told
