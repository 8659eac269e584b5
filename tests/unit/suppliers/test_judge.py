"""How many payees a register holds is judged by what is found in it; the share decides what a name must outweigh."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvar.suppliers.judge import choices, in_register, rivals
from kvar.suppliers.weights import prior

SURE, MOST, WORTH = 60.0, prior("in_register"), prior("in_register_worth")


def share(bits: list[float], names: int, total: int = 1000) -> float:
    return in_register(np.arange(len(bits)), np.array(bits, np.float32), names, total)


@pytest.mark.parametrize(("found", "names"), [(50, 2000), (400, 2000), (1400, 2000)])
def test_where_all_that_is_found_is_sure_the_share_is_counted(found: int, names: int) -> None:
    assert share([SURE] * found, names) == pytest.approx((found + WORTH * MOST) / (names + WORTH), rel=1e-6)


def test_a_few_names_say_little_and_none_says_nothing() -> None:
    assert share([], 0) == pytest.approx(MOST)
    assert share([SURE], 1) == MOST  # never above
    assert share([], 1) > 0.6
    assert share([], 10_000) < 0.01


def test_what_is_no_likelier_than_chance_is_not_counted() -> None:
    assert share([2.0] * 2000, 2000, total=1_000_000) < 0.01


def test_several_candidates_are_one_name() -> None:
    rows, bits = np.repeat(np.arange(100), 3), np.full(300, SURE, np.float32)
    assert in_register(rows, bits, 1000, 1000) == pytest.approx(share([SURE] * 100, 1000), rel=1e-6)


@given(st.lists(st.floats(-20, 60, width=32), max_size=30), st.integers(0, 100), st.integers(2, 10**7))
def test_more_names_without_a_candidate_never_raise_it(bits: list[float], more: int, total: int) -> None:
    few, many = share(bits, len(bits), total), share(bits, len(bits) + more, total)
    assert 0 < many <= few <= MOST


def test_a_rarer_share_must_be_outweighed_by_more() -> None:
    assert choices(1000, "register", 0.04) < choices(1000, "register", MOST) < 0
    assert choices(1000, "register", 0.5) == -math.log2(1000)
    alone = rivals(np.array([0]), np.array([20.0], np.float32), choices(1000, "register", 0.5))
    assert alone.tolist() == [0.0]
