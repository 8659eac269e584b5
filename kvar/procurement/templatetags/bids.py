"""Words for judging and follow-up in the page's language."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django import template

from kvar.core.messages import Language, say
from kvar.core.money import format_amount, format_number
from kvar.core.writing import format_month
from kvar.procurement.actions.follow_up import STEPS
from kvar.procurement.breaches import Taken
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
def model_heads(context: template.Context, procurement: Procurement) -> list[str]:
    """The titles of the frozen model's criteria, in its order."""
    names = {row.slug: row.titled(_language(context)) for row in procurement.criteria.all()}
    return [names.get(row["id"], row["id"]) for row in (procurement.model or {}).get("criteria", [])]


@register.simple_tag(takes_context=True)
def named_parts(
    context: template.Context, heads: Sequence[str], parts: Sequence[Fraction]
) -> list[tuple[str, Fraction]]:
    """A bid's points by what gave them: the price first, then the model's criteria."""
    price = say("procurement.report.head.of_price", {}, _language(context))
    return list(zip((price, *heads), parts, strict=True))


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
