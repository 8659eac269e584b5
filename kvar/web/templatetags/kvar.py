"""Texts and numbers in the page's language."""

from fractions import Fraction

from django import template

from kvar.core.messages import Language, say
from kvar.core.money import format_minor, format_number
from kvar.core.writing import format_percent
from kvar.spending.worth_a_look import Look
from kvar.suppliers.loaded import RegisterInfo
from kvar.suppliers.registers.catalogue import by_id
from kvar.web.charts.chart import Cell, Chart, Kind
from kvar.web.charts.palette import part_name
from kvar.web.lens import lens_words as words_of
from kvar.web.sections import kept as kept_of
from kvar.web.written import big_money, decimal
from kvar.web.written import ratio as two_decimals

register = template.Library()


def _language(context: template.Context) -> Language:
    return "en" if context.get("lang") == "en" else "sv"


@register.simple_tag(takes_context=True)
def t(context: template.Context, code: str, **values: object) -> str:
    """The text of a code."""
    return say(code, values, _language(context))


@register.simple_tag(takes_context=True)
def part(context: template.Context, name: str, lens: object) -> str:
    """What a place level is called; `lens` true: seen from a district."""
    return part_name(name, bool(lens), _language(context))


@register.simple_tag(takes_context=True)
def lens_words(context: template.Context) -> str:
    """What the page's figures mean from the district asked for, or that it has none."""
    return words_of(context.get("scene"), str(context.get("page", "")), _language(context))


@register.simple_tag(takes_context=True)
def register_title(context: template.Context, info: RegisterInfo) -> str:
    """What a loaded register is called."""
    return by_id(info.register).title[_language(context)]


@register.simple_tag(takes_context=True)
def kept(context: template.Context, page: str) -> str:
    """What is chosen on this page, for a link to another that has the same filter."""
    request = context.get("request")
    return kept_of(request.GET, page) if request else ""


@register.simple_tag(takes_context=True)
def money(context: template.Context, minor: int, currency: str) -> str:
    """An amount in the unit that reads best: `3,4 mdkr`, `12,5 mkr`, `9 kr`."""
    return big_money(minor, currency, _language(context))


@register.simple_tag(takes_context=True)
def signed(context: template.Context, minor: int, currency: str, like: int | None = None) -> str:
    """A difference: `+12,5 mkr`, `−9 kr`; in the unit that reads best for `like` when given."""
    return ("+" if minor > 0 else "") + big_money(minor, currency, _language(context), like)


@register.simple_tag(takes_context=True)
def percent(context: template.Context, share: float | Fraction | None) -> str:
    """A share as `39,3 %`; `-` when missing."""
    return "-" if share is None else format_percent(float(share), _language(context))


@register.simple_tag(takes_context=True)
def ratio(context: template.Context, value: float | Fraction | None) -> str:
    """How many times, with two decimals; `-` when missing."""
    return "-" if value is None else two_decimals(float(value), _language(context))


@register.simple_tag(takes_context=True)
def printed(context: template.Context, number: str) -> str:
    """A number with a point as it is written in the language: `−15,4`."""
    text = number.replace("-", "−")
    return text.replace(".", ",") if _language(context) == "sv" else text


@register.simple_tag(takes_context=True)
def change(context: template.Context, share: float) -> str:
    """A change of a share in percentage points, with its sign: `+11,2`."""
    text = decimal(100 * share, _language(context))
    return text if text.startswith("−") else f"+{text}"


@register.simple_tag(takes_context=True)
def points(context: template.Context, value: float) -> str:
    """An index between −1 and 1 with two decimals and its sign."""
    text = f"{value:+.2f}".replace("-", "−")
    return text.replace(".", ",") if _language(context) == "sv" else text


@register.simple_tag(takes_context=True)
def whole(context: template.Context, number: int) -> str:
    """A whole number with the thousands mark of the language."""
    return format_number(number, _language(context))


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


def _cell(value: Cell, kind: Kind, currency: str, language: Language) -> str:
    if value is None or isinstance(value, str):
        return value or "-"
    if kind == "share":
        return format_percent(value, language)
    if kind == "ratio":
        return two_decimals(float(value), language)
    return big_money(int(value), currency, language) if kind == "money" else format_number(int(value), language)


@register.simple_tag(takes_context=True)
def tablerows(context: template.Context, chart: Chart) -> list[list[str]]:
    """A chart's rows as written in the page's language."""
    lang = _language(context)
    return [[_cell(v, k, chart.currency, lang) for v, k in zip(row, chart.kinds, strict=True)] for row in chart.rows]


@register.simple_tag(takes_context=True)
def bars(context: template.Context, chart: Chart, shown: int = 8) -> list[tuple[str, str, str]]:
    """The first rows with money as (label, amount, width in per cent of the largest), by the first money column."""
    at = chart.kinds.index("money")
    every = [(str(row[0]), int(row[at] or 0)) for row in chart.rows]
    rows = [row for row in every if row[1]][:shown]
    top = max((amount for _, amount in rows), default=1) or 1
    lang = _language(context)
    return [
        (label, big_money(amount, chart.currency, lang), f"{100 * max(amount, 0) / top:.1f}")
        for label, amount in rows
    ]


@register.simple_tag(takes_context=True)
def looked(context: template.Context, item: Look, amount: str) -> str:
    """The evidence of something worth a look, in a sentence."""
    lang = _language(context)
    limit = "" if item.limit is None else format_number(item.limit.value, lang)
    source = "" if item.limit is None else item.limit.source
    value = item.value or 0.0
    values = {"amount": amount, "n": item.n, "limit": limit, "source": source, "hhi": round(value),
              "part": decimal(100 * value, lang), "p": f"{value:.3f}"}  # fmt: skip
    return say(f"worth.evidence.{item.test}", values, lang)
