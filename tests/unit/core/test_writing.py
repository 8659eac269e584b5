"""How values are written in sentences."""

import pytest

from kvar.core.errors import KvarError
from kvar.core.messages import LANGUAGES, Language, catalogue, say
from kvar.core.writing import NBSP, format_amount, format_month


@pytest.mark.parametrize(("yyyymm", "sv", "en"), [(202403, "mars 2024", "March 2024"), (0, "0", "0")])
def test_months(yyyymm: int, sv: str, en: str) -> None:
    assert (format_month(yyyymm, "sv"), format_month(yyyymm, "en")) == (sv, en)


def test_fields_are_told_in_words() -> None:
    error = KvarError("ledger.columns.missing", missing="supplier_name, amount", seen="A, B")
    assert error.say("sv").startswith("Hittar ingen kolumn för: leverantörens namn, belopp (helst utan moms).")
    notice = say("ledger.notice.guessed", {"columns": "amount = Kr, date = Dag"}, "en")
    assert notice.startswith("The columns are guessed: amount (preferably without VAT) = Kr, date = Dag")


def test_money_and_counts_as_the_language_writes_them() -> None:
    values = {"found": -123450, "stated": "100", "currency": "SEK"}
    text = say("ledger.control_total.differs", values, "sv")
    assert f"−1{NBSP}234,50{NBSP}kr" in text
    assert f"1,00{NBSP}kr" in text
    assert "12,345 lines" in say("ledger.notice.no_credits", {"n": 12345}, "en")


def test_persons_are_masked_in_every_sentence_that_is_filled() -> None:
    error = KvarError("ledger.file.empty", file="reskontra 811228\u2009–\u20099874.csv")
    assert "9874" not in error.say("sv")
    assert "******-****" in error.say("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_filled_with_text_alone(language: str) -> None:
    for code, text in catalogue(language).items():  # type: ignore[arg-type]
        values = dict.fromkeys(("n", "line", "month"), "x")
        names = [part.split("}")[0].split(":")[0] for part in text.split("{")[1:]]
        assert say(code, values | dict.fromkeys(names, "x"), language)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minor", "lang", "written"),
    [
        (2_050_000_00, "en", "SEK 2,050,000"), (2_050_000_00, "sv", "2 050 000 kr"),
        (1_000_00_00, "en", "SEK 100,000"), (1_820_50, "en", "SEK 1,820.50"), (-100_00, "sv", "−100 kr"),
    ],
)  # fmt: skip
def test_whole_amounts_lose_their_decimals_and_nothing_else(minor: int, lang: Language, written: str) -> None:
    assert format_amount(minor, "SEK", lang).replace(NBSP, " ") == written
