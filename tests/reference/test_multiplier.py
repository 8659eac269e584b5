"""Published multipliers (science research C, domain research C)."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvar.core.errors import KvarError
from kvar.spending.indicators import input_output as io
from kvar.spending.indicators.multiplier import Answer, limit, lm3, mean_share, respending, surveyed


def test_plugging_the_leaks_slides() -> None:
    assert float(lm3(1000, 800, 640)) == 2.44
    assert float(lm3(1000, 200, 40)) == 1.24
    assert limit(Fraction(80, 100)) == 5
    assert limit(Fraction(20, 100)) == Fraction(5, 4)
    assert limit(Fraction(1)) is None


def test_plugging_the_leaks_staff_shares() -> None:
    shares = [Fraction(s) for s in ("42.1", "50.5", "63.1", "37.8", "33.6")]
    assert round(mean_share(shares), 1) == Fraction("45.4")
    assert 200_000 * Fraction(40, 100) == 80_000


def test_northumberland_two_rounds() -> None:
    local, other = respending(True, Fraction("0.76")), respending(False, Fraction("0.36"))
    assert (float(local), float(other)) == (1.76, 0.36)
    assert round(100 * (local / other - 1)) == 389


def test_those_who_did_not_answer_widen_the_interval() -> None:
    found = surveyed(1000, [Answer(400, Fraction(1, 2)), Answer(400, None)])
    assert (float(found.low), float(found.value), float(found.high)) == (2.0, 2.2, 2.4)
    assert found.response == Fraction(1, 2)


def test_nobody_answered_is_an_error_not_a_number() -> None:
    with pytest.raises(KvarError, match="cannot be determined: 0 local suppliers"):
        surveyed(1000, [Answer(400, None)])
    with pytest.raises(KvarError, match="may not grow: first 100, then 120"):
        lm3(100, 120, 10)


@given(p=st.fractions(0, Fraction(99, 100)), budget=st.integers(1, 10**12))
def test_lm3_is_at_most_its_limit(p: Fraction, budget: int) -> None:
    second = int(budget * p)
    third = int(second * p)
    bound = limit(p)
    assert bound is not None
    assert lm3(budget, second, third) <= bound


@given(st.lists(st.tuples(st.integers(1, 10**9), st.none() | st.fractions(0, 1)), min_size=1, max_size=8))
def test_interval_holds_its_value(rows: list[tuple[int, Fraction | None]]) -> None:
    if all(share is None for _, share in rows):
        return
    found = surveyed(10**11, [Answer(*row) for row in rows])
    assert 1 <= found.low <= found.value <= found.high <= 3


Z, X = np.array([[150.0, 500.0], [200.0, 100.0]]), np.array([1000.0, 2000.0])


def test_leontief_of_miller_and_blair() -> None:
    a = io.coefficients(Z, X)
    assert io.leontief(a) == pytest.approx(np.array([[1.2541, 0.3300], [0.2640, 1.1221]]), abs=1e-4)
    assert io.multipliers(a) == pytest.approx([1.5182, 1.4521], abs=1e-4)
    assert io.leontief(a) @ np.array([600.0, 1500.0]) == pytest.approx([1247.52, 1841.58], abs=0.01)


def test_flq_and_its_sensitivity() -> None:
    a, region, nation = io.coefficients(Z, X), np.array([10.0, 40.0]), np.array([400.0, 600.0])
    assert io.lambda_star(region, nation, 0.25) == pytest.approx(0.5151, abs=1e-4)
    assert io.flq(a, region, nation, 0.25) == pytest.approx(np.array([[0.0386, 0.0483], [0.2, 0.0343]]), abs=1e-4)
    found = {s.delta: s.multipliers for s in io.sensitivity(a, region, nation, (0.0, 0.25, 0.3))}
    assert found[0.0] == pytest.approx([1.3372, 1.1846], abs=1e-4)
    assert found[0.25] == pytest.approx([1.2688, 1.0990], abs=1e-4)
    assert found[0.3] == pytest.approx([1.2598, 1.0859], abs=1e-4)
    size = np.array([0.01153]), np.array([1.0])
    assert [io.lambda_star(*size, d) for d in (0.1, 0.25, 0.3)] == pytest.approx([0.6635, 0.3586, 0.2921], abs=1e-4)


def test_an_economy_that_uses_up_all_it_makes() -> None:
    with pytest.raises(KvarError, match="uses up all"):
        io.leontief(np.array([[1.0, 0.1], [0.1, 0.9]]))
