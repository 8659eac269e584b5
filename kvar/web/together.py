"""Several anchors, one picture: what they have told together through the release gate."""

from collections.abc import Mapping
from functools import lru_cache

from django.http import HttpRequest, HttpResponse

from kvar.core.messages import Language
from kvar.spending.release.register import Entry, entries
from kvar.spending.release.rules import RULES
from kvar.spending.release.sheet import ALL, WHOLE
from kvar.web import data
from kvar.web.charts.chart import Chart
from kvar.web.charts.together import finding, together_chart
from kvar.web.views import language_of, page


def together(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """The newest release of the year; where there is none, how to make one."""
    register = _register(data.version(data.store()), place)
    entry, scene = _newest(request, place), data.scene(request, place)
    more: dict[str, object] = {"register": register[::-1], "entry": entry, "rules": RULES}
    if entry:
        language = language_of(lang)
        more |= {
            "finding": finding(entry, scene.place.name, language),
            "own": together_chart(entry, scene.place.name, language),
            "whole": entry.told.get(WHOLE),
            "hidden": sum(amount is None for key, amount in entry.figures.items() if ALL not in key),
            "cells": sum(ALL not in key for key in entry.figures),
            "withheld": entry.withheld(WHOLE),
        }
    return page(request, lang, place, "together.html", **more)


def charts(request: HttpRequest, place: str, lang: Language) -> Mapping[str, Chart]:
    """The page's chart; none where nothing was told."""
    entry = _newest(request, place)
    name = data.scene(request, place).place.name
    return {"tillsammans": together_chart(entry, name, lang)} if entry else {}


def _newest(request: HttpRequest, place: str) -> Entry | None:
    """The newest release of the year asked for; without a year, of the last year that has one."""
    found = _register(data.version(data.store()), place)
    asked = request.GET.get("year") or (str(max(entry.year for entry in found)) if found else "")
    return next((entry for entry in reversed(found) if str(entry.year) == asked), None)


@lru_cache(maxsize=16)
def _register(_version: str, place: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries(data.store()) if entry.place == place)
