"""Money: exact, one currency at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvar.core.errors import KvarError
from kvar.core.money import Money, format_minor, split, total

WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any)


@given(st.integers(-(10**15), 10**15), WEIGHTS)
def test_parts_sum_exactly_and_are_fair(minor: int, weights: list[int]) -> None:
    parts = split(minor, weights)
    assert sum(parts) == minor
    whole = sum(weights)
    assert all(abs(part * whole - minor * weight) < whole for part, weight in zip(parts, weights, strict=True))


def test_currencies_do_not_mix() -> None:
    with pytest.raises(KvarError) as caught:
        total([Money(1, "SEK"), Money(1, "GBP")], "SEK")
    assert caught.value.code == "core.money.currencies"
    assert "SEK" in caught.value.say("sv")


@pytest.mark.parametrize(
    ("minor", "currency", "sv", "en"),
    [
        (123456789, "SEK", "1 234 567,89 kr", "SEK 1,234,567.89"),
        (-5, "GBP", "−0,05 £", "−£0.05"),
        (0, "SEK", "0,00 kr", "SEK 0.00"),
    ],
)
def test_written_in_both_languages(minor: int, currency: str, sv: str, en: str) -> None:
    assert format_minor(minor, currency, "sv").replace("\N{NO-BREAK SPACE}", " ") == sv
    written = format_minor(minor, currency, "en").replace("\N{NO-BREAK SPACE}", " ")
    assert sorted(written) == sorted(en)
