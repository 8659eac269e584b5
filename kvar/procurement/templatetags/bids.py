"""Words for judging and follow-up in the page's language."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django import template

from kvar.core.messages import Language, say
from kvar.core.money import format_amount, format_number
from kvar.core.writing import format_month
from kvar.procurement import model_words
from kvar.procurement.actions.follow_up import STEPS
from kvar.procurement.breaches import Taken
from kvar.procurement.evaluation.models import Part
from kvar.procurement.indicators import Sum
from kvar.procurement.models import Award, Procurement
from kvar.procurement.outcomes import Kind, kinds
from kvar.procurement.rules.lawbook import Standstill
from kvar.procurement.standstill import standstill_of

register = template.Library()


@register.simple_tag
def standstill_rule(award: Award) -> Standstill | None:
    """The standstill of a decision's law and route."""
    return standstill_of(award.lot.procurement)


@register.simple_tag(takes_context=True)
def heads_of(context: template.Context, procurement: Procurement) -> list[str]:
    """What the parts of a value are called by the frozen model, in its order."""
    language = _language(context)
    return model_words.part_heads(procurement.model or {}, procurement.titles(language), language)


@register.simple_tag(takes_context=True)
def parts_of(
    context: template.Context, procurement: Procurement, heads: Sequence[str], parts: Sequence[Part]
) -> list[tuple[str, str]]:
    """What gave a bid its value, by the names of `heads_of`."""
    model, currency, language = procurement.model or {}, procurement.currency, _language(context)
    told = (model_words.part_told(model, part, currency, language) for _, part in parts)
    return list(zip(heads, told, strict=True))


@register.simple_tag(takes_context=True)
def value_head(context: template.Context, procurement: Procurement) -> str:
    """What the frozen model's values are called."""
    return model_words.head(procurement.model or {}, _language(context))


@register.simple_tag(takes_context=True)
def value_of(context: template.Context, procurement: Procurement, value: Fraction) -> str:
    """What a bid is ranked by."""
    return model_words.valued(procurement.model or {}, value, procurement.currency, _language(context))


@register.simple_tag(takes_context=True)
def told_model(context: template.Context, procurement: Procurement) -> list[str]:
    """How the frozen model counts; nothing before there is one."""
    language = _language(context)
    if not procurement.model:
        return []
    return model_words.explained(procurement.model, procurement.titles(language), procurement.currency, language)


@register.simple_tag(takes_context=True)
def level_word(context: template.Context, level: int) -> str:
    """What a level 1–5 means."""
    return say(f"score.level.{level}", {}, _language(context))


@register.simple_tag(takes_context=True)
def month_of(context: template.Context, period: int) -> str:
    """`mars 2026` of 202603."""
    return format_month(period, _language(context))


@register.simple_tag(takes_context=True)
def number_of(context: template.Context, number: int, row: Sum, currency: str) -> str:
    """A number of a sum: money in whole units of the currency."""
    language = _language(context)
    if row.unit == "minor":
        return format_amount(number // 100 * 100, currency, language)
    return format_number(number, language)


@register.simple_tag(takes_context=True)
def kind_title(context: template.Context, kind: str) -> str:
    """The title of a kind of outcome."""
    return kinds()[kind].title[_language(context)]


@register.simple_tag(takes_context=True)
def share_of(context: template.Context, row: Sum) -> str:
    """`92 % av kontrollerade personer`: what a measured sum is of its whole."""
    language, of = _language(context), kinds()[row.kind].of or {}
    return say("outcome.share", {"share": row.share, "of": of.get(language, "")}, language)


@register.simple_tag(takes_context=True)
def measured(context: template.Context, number: int, kind: Kind, currency: str) -> str:
    """A measured number with its unit: money in the currency, else `14 personer`."""
    language = _language(context)
    if kind.unit == "minor":
        return format_amount(number, currency, language)
    return f"{format_number(number, language)} {say(f'procurement.unit.{kind.unit}', {}, language)}"


@register.simple_tag(takes_context=True)
def quarter_of(context: template.Context, quarter: int) -> str:
    """`kvartal 4 2026` of 20264."""
    return say("follow.quarter", {"n": quarter % 10, "year": quarter // 10}, _language(context))


@register.simple_tag
def taken_for(taken: Mapping[int, Sequence[Taken]], obligation: int) -> Sequence[Taken]:
    """The steps taken about one obligation."""
    return taken.get(obligation, ())


@register.simple_tag(takes_context=True)
def breach_step(context: template.Context, step: int) -> str:
    """How far a breach has gone."""
    return say(f"follow.step.{STEPS[step]}", {}, _language(context))


@register.simple_tag(takes_context=True)
def breach_next(context: template.Context, step: int) -> str:
    """The next thing to do about a breach."""
    return say(f"follow.do.{STEPS[step + 1]}", {}, _language(context))


def _language(context: template.Context) -> Language:
    return "en" if context.get("lang") == "en" else "sv"
