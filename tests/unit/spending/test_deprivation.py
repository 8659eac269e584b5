"""Purchases by deprivation: the curve, its index and the most deprived group, on cases worked by hand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvar.spending.indicators.deprivation import Weighed, concentration

ROWS = st.lists(
    st.tuples(st.integers(1, 10**6), st.integers(0, 100), st.integers(0, 10**12)), min_size=1, max_size=12
)


def rows(*given_rows: tuple[int, float, int]) -> list[Weighed]:
    return [Weighed(str(n), *row) for n, row in enumerate(given_rows)]


def test_worked_by_hand() -> None:
    found = concentration(rows((300, 10, 800), (100, 90, 50), (100, 50, 150)), unknown=250)
    assert found is not None
    assert [d.code for d in found.districts] == ["1", "2", "0"]
    assert found.curve == ((0.0, 0.0), (0.2, 0.05), (0.4, 0.2), (1.0, 1.0))
    assert found.index == pytest.approx(2 * (0.2 * 0.05 / 2 + 0.2 * 0.125 + 0.6 * 0.6) - 1)
    assert ([d.code for d in found.group], found.residents) == (["1", "2"], 0.4)
    assert (found.low, found.high) == (200 / 1250, 450 / 1250)


def test_as_much_to_all_is_zero_and_all_to_the_least_deprived_is_below() -> None:
    even = concentration(rows((100, 3, 10), (200, 2, 20), (300, 1, 30)), 0)
    away = concentration(rows((500, 9, 0), (500, 1, 70)), 0)
    assert even is not None
    assert away is not None
    assert even.index == pytest.approx(0)
    assert (away.index, away.low) == (pytest.approx(-0.5), 0)


@pytest.mark.parametrize("nothing", [rows(), rows((10, 1, 0)), rows((10, 1, -5))])
def test_what_cannot_be_told_is_none(nothing: list[Weighed]) -> None:
    assert concentration(nothing, 5) is None


@given(ROWS, st.integers(-10, 10**12))
def test_curve_rises_and_interval_holds(given_rows: list[tuple[int, int, int]], unknown: int) -> None:
    found = concentration(rows(*given_rows), unknown)
    if found is None:
        return
    assert (found.curve[0], found.curve[-1]) == ((0.0, 0.0), (1.0, 1.0))
    assert all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(found.curve))
    assert -1 - 1e-9 <= found.index <= 1 + 1e-9
    assert 0 <= found.low <= found.high <= 1
