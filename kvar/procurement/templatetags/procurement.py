"""Citations and texts of rules in the page's language."""

from collections.abc import Mapping, Sequence

from django import template

from kvar.core.dated import Dated
from kvar.core.messages import Language, say
from kvar.core.money import NBSP, format_amount, format_number
from kvar.procurement.law import taught
from kvar.procurement.models import Criterion
from kvar.procurement.models.titled import Titled
from kvar.procurement.rules.engine import Answer, Warned
from kvar.procurement.rules.lawbook import Lawbook

register = template.Library()


@register.filter
def in_language(text: Mapping[str, str], lang: str) -> str:
    """The text of a rule in a language."""
    return text["en" if lang == "en" else "sv"]


@register.filter
def titled(row: Titled, lang: str) -> str:
    """A criterion's or a promise's title in a language."""
    return row.titled("en" if lang == "en" else "sv")


@register.simple_tag(takes_context=True)
def cites(context: template.Context, found: Sequence[str], act: str) -> str:
    """`19 kap. 6, 8 § LOU; 5 kap. 3 § LOU` (sv), `LOU 19:6, 8` (en); other texts stand as they are."""
    language = _language(context)
    chapters: dict[str, list[str]] = {}
    for one in found:
        chapter, colon, paragraph = one.partition(":")
        known = bool(colon) and chapter[:1].isdigit()
        chapters.setdefault(chapter if known else one, []).append(paragraph if known else "")
    return "; ".join(_written(chapter, paragraphs, act, language) for chapter, paragraphs in chapters.items())


def _written(chapter: str, paragraphs: Sequence[str], act: str, language: Language) -> str:
    if paragraphs == [""]:
        return chapter
    if language == "en":
        return f"{act} {chapter}:{', '.join(paragraphs)}"
    return f"{_apart(chapter)} kap. {', '.join(_apart(one) for one in paragraphs)} § {act}"


def _apart(number: str) -> str:
    """`19a` as `19 a`."""
    return number if number.isdigit() else f"{number[:-1]} {number[-1]}"


@register.simple_tag
def learn_cites(found: Answer, step: str) -> tuple[str, ...]:
    """The paragraphs behind what a step teaches, by the regime that is followed."""
    return taught(found, step)


@register.simple_tag(takes_context=True)
def amount(context: template.Context, minor: int, currency: str) -> str:
    """An amount to the öre where it has any, else in whole units: `650 000 kr`."""
    return format_amount(minor, currency, _language(context))


@register.simple_tag(takes_context=True)
def percent_of(context: template.Context, hundredths: int) -> str:
    """Hundredths of a per cent as `12,5 %`."""
    text = f"{hundredths / 100:g}"
    return (text.replace(".", ",") if _language(context) == "sv" else text) + NBSP + "%"


@register.simple_tag(takes_context=True)
def weight_of(context: template.Context, row: Criterion) -> str:
    """What a criterion weighs; a price without a weight divides the points."""
    if row.kind == "price" and not row.weight:
        return say("plan.criteria.divides", {}, _language(context))
    return str(percent_of(context, row.weight))


@register.simple_tag
def width_of(hundredths: int) -> str:
    """Hundredths of a per cent as a width of 100."""
    return f"{hundredths / 100:.2f}"


@register.filter
def at(found: Mapping[str, str], key: str) -> str:
    """What a mapping has at a key; empty for none."""
    return found.get(key, "")


@register.filter
def one(cite: str) -> tuple[str, ...]:
    """A citation alone, for `cites`."""
    return (cite,)


@register.filter
def source_in(limit: Dated | Lawbook, lang: str) -> str:
    """Where a limit or the rules come from, in a language."""
    return limit.source if lang == "en" else limit.source_sv


@register.simple_tag(takes_context=True)
def notice_of(context: template.Context, prefix: str, item: Warned) -> str:
    """The sentence of something with a code and values, below a prefix."""
    language = _language(context)
    return say(prefix + item.code, {name: _shown(value, language) for name, value in item.values.items()}, language)


def _shown(value: object, language: Language) -> object:
    if isinstance(value, Dated):
        return source_in(value, language)
    return format_number(value, language) if isinstance(value, int) else value


def _language(context: template.Context) -> Language:
    return "en" if context.get("lang") == "en" else "sv"
