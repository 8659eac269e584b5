"""The frozen model: deductions by level, points for the money, and what makes a model unsound."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvar.core.errors import KvarError
from kvar.procurement.evaluation.bid import Bid
from kvar.procurement.evaluation.models import ranking
from kvar.procurement.evaluation.soundness import reversals
from kvar.procurement.rules.model import drafted, frozen, read_model

DAY, WORTH = date(2026, 11, 1), 1_000_000_00


def rows(price: int, *asked: tuple[int, str]) -> list[dict[str, Any]]:
    """A price and criteria, weights in per cent."""
    first = {"slug": "price", "kind": "price", "weight": price * 100, "scale": "level/5"}
    more = [
        {"slug": f"q{n}", "kind": "quality", "weight": w * 100, "scale": scale} for n, (w, scale) in enumerate(asked)
    ]
    return [first, *more]


def test_each_level_takes_its_part_of_the_weight_off_the_price_rounded_down() -> None:
    found = drafted(rows(70, (20, "(level-1)/4"), (10, "points")), {"kind": "deduction", "base": 333_333_33})
    assert found["worth"]["q0"] == {"1": 0, "2": 16_666_00, "3": 33_333_00, "4": 49_999_00, "5": 66_666_00}
    assert (len(found["worth"]["q1"]), found["worth"]["q1"]["100"]) == (101, 33_333_00)


@pytest.mark.parametrize(
    ("criteria", "price", "code"),
    [
        (rows(0, (100, "level/5")), {"kind": "deduction", "base": WORTH}, "price"),
        (rows(40, (60, "level/5")), {"kind": "deduction", "base": 100 * WORTH}, "base"),
        (rows(10, (90, "level/5")), {"kind": "deduction", "base": WORTH // 10 - 1}, "low"),
        (rows(40, (60, "level/5")), {"kind": "quotient"}, "divides"),
        (rows(0, (100, "(level-1)/4")), {"kind": "quotient"}, "zero"),
        (rows(0, (100, "points")), {"kind": "quotient"}, "zero"),
        (rows(0, (90, "level/5")), {"kind": "quotient"}, "weights"),
    ],
)
def test_what_is_unsound_is_refused(criteria: Sequence[dict[str, Any]], price: dict[str, Any], code: str) -> None:
    with pytest.raises(KvarError) as caught:
        frozen(criteria, price, worth=WORTH, day=DAY)
    assert caught.value.code == f"procurement.model.{code}"
    assert caught.value.say("sv") != caught.value.say("en")


@given(st.lists(st.tuples(st.integers(1, 2_000), st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=5))
def test_deductions_rank_as_the_straight_line_through_zero_does_and_neither_is_ever_reversed(
    told: list[tuple[int, int, int]],
) -> None:
    """Points w·(Z − P)/Z + Σ w_i·part_i, times Z/w, are Z less the comparison sum where Z is w % of the base."""
    criteria = rows(50, (30, "(level-1)/4"), (20, "(level-1)/4"))
    line = {"kind": "linear", "full_at": 0, "zero_at": WORTH // 2, "floored": False}
    models = [read_model(drafted(criteria, price)) for price in ({"kind": "deduction", "base": WORTH}, line)]
    bids = [Bid(str(n), price * 1_000_00, {"q0": one, "q1": two}) for n, (price, one, two) in enumerate(told)]
    orders = [[(row.place, row.id) for row in ranking(model, bids)] for model in models]
    assert orders[0] == orders[1]
    quotient = read_model(drafted(rows(0, (60, "level/5"), (40, "level/5")), {"kind": "quotient"}))
    assert [reversals(model, bids) for model in (*models, quotient)] == [[], [], []]
