"""Prices in the letters are whole in both languages: no digit is lost with the decimals."""

import pytest

from kvar.core.messages import Language
from kvar.procurement.award_report import _price


@pytest.mark.parametrize(
    ("lang", "written"), [("sv", "2 050 000 kr"), ("en", "SEK 2,050,000"), ("en", "SEK 2,050,000.50")]
)
def test_a_price_in_a_letter(lang: Language, written: str) -> None:
    minor = 2_050_000_50 if written.endswith(".50") else 2_050_000_00
    assert _price(minor, "SEK", lang).replace("\N{NO-BREAK SPACE}", " ") == written
