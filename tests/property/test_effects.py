"""Moving more changes more: every bound grows with x, low never passes high, and nothing moves that is fixed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvar.core.errors import KvarError
from kvar.spending.effects import Amounts, jobs, move

AMOUNT = st.integers(0, 10**12)
PARTS = st.builds(Amounts, AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT)
SIGNED = st.integers(-(10**9), 10**12)
ANY = st.builds(Amounts, SIGNED, SIGNED, SIGNED, SIGNED, SIGNED, SIGNED)
PERCENT = st.integers(0, 100)


def plus(one: Amounts, other: Amounts) -> Amounts:
    return Amounts(*(getattr(one, name) + getattr(other, name) for name in Amounts.__slots__))


@given(PARTS, PARTS, PERCENT, PERCENT)
def test_more_percent_moves_at_least_as_much_and_stays_within(part: Amounts, rest: Amounts, x: int, y: int) -> None:
    whole = plus(part, rest)
    less, more = (move(part, whole, p, country="SE", year=2024) for p in sorted((x, y)))
    assert less.minor[0] <= more.minor[0] <= more.minor[1]
    assert less.minor[1] <= more.minor[1]
    if whole.base == 0:
        assert less.after is None
        return
    assert less.before is not None
    assert less.after is not None
    assert more.after is not None
    assert 0 <= less.before[0] <= less.after[0] <= more.after[0] <= more.after[1] <= 1
    assert less.before[1] <= less.after[1] <= more.after[1]


@given(PARTS, PERCENT)
def test_what_moves_is_exactly_that_part_of_the_movable(part: Amounts, x: int) -> None:
    found = move(part, part, x, country="SE", year=2024)
    assert found.minor[0] == part.away_open * x // 100
    assert found.minor[1] <= (part.away_open + part.away_unclear + part.unknown_movable) * x // 100
    assert found.unresolved == part.unknown_movable * x // 100 <= found.minor[1]


@given(ANY, PERCENT)
def test_net_credits_move_nothing(part: Amounts, x: int) -> None:
    found = move(part, part, x, country="SE", year=2024)
    assert 0 <= found.minor[0] <= found.minor[1]


@given(PARTS)
def test_nothing_moved_changes_nothing(part: Amounts) -> None:
    found = move(part, part, 0, country="SE", year=2024)
    assert found.minor == (0, 0)
    assert found.before == found.after


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_jobs_grow_with_money(one: int, two: int) -> None:
    low, high = sorted((one, two))
    found = jobs((low, high), "SE", 2024)
    assert found is not None
    assert 0 <= found[0] <= found[1]


def test_jobs_of_a_hundred_million_in_the_year_of_the_source() -> None:
    assert jobs((10**10, 10**10), "SE", 2013) == (Fraction(142 * 100, 215), Fraction(142))
    later = jobs((10**10, 10**10), "SE", 2023)
    assert later is not None
    assert later[1] == Fraction(142 * 31406, 40370)


def test_no_source_no_jobs() -> None:
    assert jobs((1, 2), "GB", 2024) is None


@pytest.mark.parametrize("percent", [-1, 101])
def test_percent_outside_is_refused(percent: int) -> None:
    with pytest.raises(KvarError):
        move(Amounts(), Amounts(), percent, country="SE", year=2024)
