"""Money in the unit that reads best, in each language's own way."""

import pytest

from kvar.core.messages import Language
from kvar.core.money import NBSP
from kvar.web.written import big_money


@pytest.mark.parametrize(
    ("minor", "currency", "language", "text"),
    [
        (190_000_000_000, "SEK", "sv", "1,9 mdkr"), (190_000_000_000, "SEK", "en", "SEK 1.9bn"),
        (1_250_000_000, "SEK", "sv", "12,5 mkr"), (1_250_000_000, "GBP", "en", "£12.5m"),
        (34_099, "GBP", "en", "£341"), (-34_000, "GBP", "en", "−£340"),
        (-149, "SEK", "sv", "−1 kr"), (-150, "SEK", "en", "−SEK 2"),
        (900, "SEK", "sv", "9 kr"),
        (1_250_000_000, "GBP", "sv", "12,5 mn pund"),
    ],
)  # fmt: skip
def test_units(minor: int, currency: str, language: Language, text: str) -> None:
    assert big_money(minor, currency, language).replace(NBSP, " ") == text
