"""Amounts as people write them."""

import pytest

from kvar.ledger.amounts import decide_decimal, parse_amount


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("100,-", 100_00), ("1 234,-", 1234_00), ("1.234,-", 1234_00), ("-100,-", -100_00), ("100,- kr", 100_00),
        ("100,--", 100_00), ("100:-", 100_00), ("(100,-)", -100_00), ("100-", -100_00), ("100,00-", -100_00),
        ("100 kr-", -100_00), ("kr 100,50", 100_50), ("100 SEK", 100_00),
    ],
)  # fmt: skip
def test_a_dash_for_no_ore_is_no_minus(cell: str, minor: int) -> None:
    assert parse_amount(cell, ",") == minor


def test_a_column_of_whole_kronor_has_a_comma() -> None:
    assert decide_decimal(["1.234,-", "100,-"]) == ","
