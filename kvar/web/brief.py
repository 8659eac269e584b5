"""The brief: two pages of a view as PDF/UA, set by typst from the same charts and tables as the page."""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from django.template.loader import render_to_string

from kvar.core.messages import Language, say
from kvar.organisations.pdf import typeset
from kvar.web.charts.chart import Cell, Chart, Kind
from kvar.web.written import big_money, decimal

SHOWN = ("andel", "floden", "lackage", "ankare")
ROWS = 9


def brief_pdf(words: Mapping[str, Any], lang: Language, address: str, day: date) -> bytes:
    """PDF bytes for the words of a page (see `kvar.web.views.context`)."""
    drawings = {}
    for chart in (words["charts"][key] for key in SHOWN):
        if chart.template:
            drawing = {"lang": lang, "chart": chart, "drawing": chart.wide, "id": chart.name}
            drawings[f"{chart.name}.svg"] = render_to_string(chart.template, drawing)
    return typeset(files("kvar.web") / "brief.typ", _data(words, lang, address, day), drawings)


def _data(words: Mapping[str, Any], lang: Language, address: str, day: date) -> dict[str, Any]:
    scene, figure, report = words["scene"], words["figure"], words["report"]
    share = {name: f"{decimal(100 * value, lang)} %" for name, value in (("low", figure.low), ("high", figure.high))
             if value is not None}  # fmt: skip
    return {
        "lang": lang,
        "title": words["sentence"],
        "where": " · ".join((scene.place.name, *([scene.here] if scene.district else []), scene.year)),
        "invented": say("web.invented", {}, lang) if scene.invented else "",
        "lead": say("web.interval", share, lang) if share and words["of_hundred"] is not None else "",
        "figures": _figures(report, lang),
        "charts": [_chart(words["charts"][key], lang) for key in SHOWN],
        "how": [say("web.method_excluded", {}, lang), say("web.method_interval", {}, lang)],
        "how_title": say("web.how", {}, lang),
        "foot": f"Kvar · {address} · {day.isoformat()} · {figure.indicator} {figure.version}",
    }


def _figures(report: Any, lang: Language) -> list[list[str]]:
    def share(value: float | None) -> str:
        return "-" if value is None else f"{decimal(100 * value, lang)} %"

    district = report.local_share.get("district")
    near = [[say("places.figure_district", {}, lang), share(district.low)]] if district else []
    rest = [[say("web.figure_top", {}, lang), share(report.coverage.value)]]
    figures = [
        [say("web.figure_local", {}, lang), share(report.local_share["municipality"].low)],
        [say("web.figure_region", {}, lang), share(report.local_share["region"].low)],
        [say("web.figure_base", {}, lang), big_money(report.base, report.currency, lang)],
    ]
    return [*near, *figures, *rest][:4]


def _chart(chart: Chart, lang: Language) -> dict[str, Any]:
    def cell(value: Cell, kind: Kind) -> str:
        if value is None or isinstance(value, str):
            return value or "-"
        if kind == "share":
            return decimal(100 * value, lang)
        return big_money(int(value), chart.currency, lang) if kind == "money" else str(value)

    rows = [[cell(value, kind) for value, kind in zip(row, chart.kinds, strict=True)] for row in chart.rows[:ROWS]]
    return {
        "name": chart.name,
        "title": chart.title,
        "lead": chart.lead,
        "svg": bool(chart.template),
        "header": list(chart.header),
        "rows": rows,
    }
