"""Numbers as pages write them: one decimal, and money in the unit that reads best."""

from kvar.core.messages import Language
from kvar.core.money import NBSP, format_number


def decimal(value: float, language: Language) -> str:
    """One decimal, with the sign of the language."""
    text = f"{value:.1f}".replace("-", "−")
    return text.replace(".", ",") if language == "sv" else text


def ratio(value: float, language: Language) -> str:
    """Two decimals: how many times."""
    text = f"{value:.2f}"
    return text.replace(".", ",") if language == "sv" else text


def big_money(minor: int, currency: str, language: Language, like: int | None = None) -> str:
    """Thousand millions, millions or units, never more than one decimal; `like`: the unit that reads best for it."""
    like = minor if like is None else like
    if language == "en":
        return _big_english(minor, currency, like)
    units = {"SEK": ("kr", "mkr", "mdkr"), "GBP": ("pund", "mn pund", "md pund")}.get(currency, (currency,) * 3)
    for size, unit in ((10**11, units[2]), (10**8, units[1])):
        if abs(like) >= size:
            return f"{decimal(minor / size, language)}{NBSP}{unit}"
    return f"{_units(minor, language)}{NBSP}{units[0]}"


def _units(minor: int, language: Language) -> str:
    """Whole units, the nearest; halves away from nought in both directions."""
    number = (abs(minor) + 50) // 100
    return format_number(-number if minor < 0 else number, language)


def _big_english(minor: int, currency: str, like: int) -> str:
    """`£1.9bn`, `SEK 12.5m`, `£340`."""
    sign = "−" if minor < 0 else ""
    mark = "£" if currency == "GBP" else f"{currency}{NBSP}"
    for size, unit in ((10**11, "bn"), (10**8, "m")):
        if abs(like) >= size:
            return f"{sign}{mark}{decimal(abs(minor) / size, 'en')}{unit}"
    return f"{sign}{mark}{_units(abs(minor), 'en')}"
