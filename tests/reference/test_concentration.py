"""Concentration by its published example, and what is worth a look: lots with advertisement never are."""

from datetime import date
from fractions import Fraction

from kvar.spending.indicators.concentration import Purchase, bunching, cumulative, dependency, hhi, sequences

LIMIT = 70_000_000  # öre, 700,000 kr


def _buy(day: date, kronor: int, *, supplier: str = "s", advertised: bool = False) -> Purchase:
    return Purchase("a", "79", supplier, day, kronor * 100, advertised)


def test_hhi() -> None:
    assert hhi([70, 30]) == 5800
    assert hhi([10, -10]) == 10_000
    assert hhi([0]) is None


def test_dependency() -> None:
    assert dependency([30, 10]) == Fraction(3, 4)
    assert dependency([-1]) is None


def test_two_direct_awards_of_one_service_are_one() -> None:
    """The pattern of Konkurrensverket 2024: the same interim manager, April to October, then October to December."""
    bought = [_buy(date(2022, 4, 1), 500_000), _buy(date(2022, 6, 20), 400_000)]
    assert [(s.test, s.n, s.amount) for s in cumulative(bought, LIMIT)] == [("S1", 2, 90_000_000)]
    assert [(s.test, s.supplier) for s in sequences(bought, LIMIT)] == [("S2", "s")]


def test_lots_with_advertisement_are_never_worth_a_look() -> None:
    lots = [_buy(date(2024, 3, 1), 650_000, supplier=f"s{n}", advertised=True) for n in range(4)]
    assert cumulative(lots, LIMIT) == []
    assert sequences(lots, LIMIT) == []


def test_far_apart_is_no_sequence() -> None:
    assert sequences([_buy(date(2022, 1, 1), 500_000), _buy(date(2022, 9, 1), 500_000)], LIMIT) == []


def test_one_large_purchase_is_none_of_these() -> None:
    assert cumulative([_buy(date(2024, 1, 1), 2_000_000)], LIMIT) == []


def test_bunching_just_under_the_limit() -> None:
    alike = bunching([*[95] * 10, *[85] * 10], 100)
    assert (alike.under, alike.beside) == (10, 10)
    assert alike.p > 0.4
    assert bunching([*[95] * 40, *[85] * 10], 100).p < 0.001
    assert bunching([], 100).p == 1.0
