"""Numbers as pages write them: one decimal, and money in the unit that reads best."""

from kvar.core.messages import Language
from kvar.core.money import NBSP, format_number


def decimal(value: float, language: Language) -> str:
    """One decimal, with the sign of the language."""
    text = f"{value:.1f}".replace("-", "−")
    return text.replace(".", ",") if language == "sv" else text


def big_money(minor: int, currency: str, language: Language) -> str:
    """Thousand millions, millions or units, never more than one decimal."""
    units = {"SEK": ("kr", "mkr", "mdkr"), "GBP": ("£", "£m", "£bn")}.get(currency, (currency,) * 3)
    for size, unit in ((10**11, units[2]), (10**8, units[1])):
        if abs(minor) >= size:
            return f"{decimal(minor / size, language)}{NBSP}{unit}"
    return f"{format_number(minor // 100, language)}{NBSP}{units[0]}"
