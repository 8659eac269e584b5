"""Periods and dated parameters."""

from datetime import date

import pytest

from kvar.core.dated import value_at
from kvar.core.errors import KvarError
from kvar.core.period import months, next_month, parse_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", 202401, 202412),
        ("2024-03", 202403, 202403),
        ("2022..2024", 202201, 202412),
        ("2024-11..2025-02", 202411, 202502),
    ],
)
def test_periods(text: str, first: int, last: int) -> None:
    assert parse_period(text) == (first, last)


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-05..2024-03", "i fjol"])
def test_bad_periods(text: str) -> None:
    with pytest.raises(KvarError):
        parse_period(text)


def test_months_cross_the_year() -> None:
    assert months(202411, 202502) == [202411, 202412, 202501, 202502]
    assert next_month(202412) == 202501


@pytest.mark.parametrize(
    ("day", "value", "verified"),
    [
        (date(2019, 6, 1), 586907, True),
        (date(2021, 12, 31), 615312, True),
        (date(2022, 2, 1), 700000, True),
        (date(2026, 11, 1), 700000, True),
    ],
)
def test_direct_award_limit(day: date, value: int, verified: bool) -> None:
    limit = value_at("procurement/direct_award", day)
    assert (limit.value, limit.verified) == (value, verified)


def test_2026_values_say_they_are_unverified() -> None:
    assert not value_at("procurement/direct_award_annex2", date(2026, 3, 1)).verified


def test_before_the_first_value() -> None:
    with pytest.raises(KvarError) as caught:
        value_at("procurement/direct_award", date(2010, 1, 1))
    assert caught.value.code == "core.parameter.no_value"
