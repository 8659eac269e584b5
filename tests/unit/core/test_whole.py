"""Whole numbers of addresses and forms."""

import pytest

from kvar.core.whole import whole


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("999999999", 999_999_999)])
def test_digits(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize("text", ["", "²", "-1", "+1", "1 0", "1.0", "٣", "1" * 10, "9" * 5000, "x"])
def test_anything_else_is_none(text: str) -> None:
    assert whole(text) is None
