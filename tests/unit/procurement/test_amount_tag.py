"""Amounts on the procurement pages: whole units without decimals, öre with both, in either language."""

import pytest
from django.template import Context

from kvar.procurement.templatetags.procurement import amount


@pytest.mark.parametrize(
    ("minor", "lang", "written"),
    [
        (1_900_000_00, "sv", "1 900 000 kr"), (1_900_000_00, "en", "SEK 1,900,000"), (100_00, "en", "SEK 100"),
        (1_900_000_50, "sv", "1 900 000,50 kr"), (1_900_000_50, "en", "SEK 1,900,000.50"), (0, "sv", "0 kr"),
    ],
)  # fmt: skip
def test_written(minor: int, lang: str, written: str) -> None:
    assert amount(Context({"lang": lang}), minor, "SEK").replace("\N{NO-BREAK SPACE}", " ") == written
