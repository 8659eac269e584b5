"""How values are written in a sentence: money, months, whole numbers."""

import re

from kvar.core.language import Language

NBSP = "\N{NO-BREAK SPACE}"
WHOLE_UNITS = re.compile(r"[.,]00(?=\D*$)")  # the last decimals, before any currency
SYMBOLS = {"SEK": "kr", "GBP": "£", "EUR": "€"}
MONTHS: dict[Language, tuple[str, ...]] = {
    "sv": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip


def format_number(value: int, language: Language) -> str:
    """A whole number with the thousands mark of the language: `12 345` or `12,345`."""
    return f"{value:,}".replace(",", NBSP if language == "sv" else ",").replace("-", "−")


def format_minor(minor: int, currency: str, language: Language) -> str:
    """`−1 234,50 kr` in Swedish, `−£1,234.50` or `SEK 1.00` in English."""
    sign = "−" if minor < 0 else ""
    whole, cents = divmod(abs(minor), 100)
    symbol = SYMBOLS.get(currency, currency)
    if language == "sv":
        return f"{sign}{format_number(whole, language)},{cents:02}{NBSP}{symbol}"
    if len(symbol) == 1:
        return f"{sign}{symbol}{format_number(whole, language)}.{cents:02}"
    return f"{sign}{currency}{NBSP}{format_number(whole, language)}.{cents:02}"


def format_amount(minor: int, currency: str, language: Language) -> str:
    """An amount to the öre where it has any, else in whole units: `650 000 kr`, `SEK 650,000`."""
    text = format_minor(minor, currency, language)
    return WHOLE_UNITS.sub("", text) if minor % 100 == 0 else text


def format_percent(share: float, language: Language) -> str:
    """A share with one decimal: `39,3 %` or `39.3 %`."""
    text = f"{100 * share:.1f}".replace("-", "−")
    return (text.replace(".", ",") if language == "sv" else text) + NBSP + "%"


def format_month(yyyymm: int, language: Language) -> str:
    """`mars 2024`, `March 2024`; a number that is no month stays as it is."""
    year, month = divmod(yyyymm, 100)
    return f"{MONTHS[language][month - 1]} {year}" if 1 <= month <= 12 else str(yyyymm)
