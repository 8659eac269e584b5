"""Texts and numbers in the page's language."""

from django import template

from kvar.core.messages import Language, say
from kvar.core.money import NBSP, format_minor, format_number

register = template.Library()


def _language(context: template.Context) -> Language:
    return "en" if context.get("lang") == "en" else "sv"


@register.simple_tag(takes_context=True)
def t(context: template.Context, code: str, **values: object) -> str:
    """The text of a code."""
    return say(code, values, _language(context))


@register.simple_tag(takes_context=True)
def money(context: template.Context, minor: int, currency: str) -> str:
    """An amount in the unit that reads best: `3,4 mdkr`, `12,5 mkr`, `9 kr`."""
    return big_money(minor, currency, _language(context))


@register.simple_tag(takes_context=True)
def percent(context: template.Context, share: float | None) -> str:
    """A share as `39,3 %`; `-` when missing."""
    return "-" if share is None else decimal(100 * share, _language(context)) + NBSP + "%"


@register.simple_tag(takes_context=True)
def whole(context: template.Context, number: int) -> str:
    """A whole number with the thousands mark of the language."""
    return format_number(number, _language(context))


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


@register.simple_tag(takes_context=True)
def steptext(context: template.Context, number: int) -> str:
    """The name of a step of the import."""
    return say(f"workbench.step.{number}", {}, _language(context))


@register.simple_tag(takes_context=True)
def notice(context: template.Context, item: dict[str, object]) -> str:
    """The sentence of something with a code and values."""
    values = item["values"]
    return say(str(item["code"]), values if isinstance(values, dict) else {}, _language(context))


@register.simple_tag(takes_context=True)
def exact(context: template.Context, minor: int, currency: str) -> str:
    """An amount to the öre."""
    return format_minor(minor, currency, _language(context))
