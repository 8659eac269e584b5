"""Stadsdelarna: the districts of the municipality side by side, most deprived first."""

from django.http import HttpRequest, HttpResponse

from kvar.spending.indicators.deprivation import Concentration
from kvar.web import data
from kvar.web.charts.districts import weighed
from kvar.web.finding import DOUBT
from kvar.web.views import page_of


def districts(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """The page; where no table is loaded it says what is needed."""
    return page_of(request, lang, place, "districts.html", _figures)


def _figures(scene: data.Scene) -> dict[str, object]:
    found, unknown = weighed(scene, scene.residents)
    known = sum(row.parts.base for row in scene.report.by_district)
    more: dict[str, object] = {
        "found": found,
        "unknown": unknown,
        "known": known,
        "whole": known + unknown,
        "sure": found is not None and unknown <= DOUBT * (known + unknown),
        "table": scene.residents,
    }
    if found:
        more |= _told(found)
        more["group"] = [scene.name_of(district.code) for district in found.group]
    return more


def _told(found: Concentration) -> dict[str, object]:
    """Of a hundred residents and of a hundred kronor, and what that is for each resident (minor units)."""
    rest = found.districts[len(found.group) :]
    each, others = (
        sum(d.amount for d in part) // sum(d.residents for d in part) if part else None
        for part in (found.group, rest)
    )
    return {"people": round(100 * found.residents), "kronor": round(100 * found.low), "each": each, "others": others}
