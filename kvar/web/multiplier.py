"""The local multiplier: the rounds, what suppliers answered, what is seen in ledgers, and a cross-check."""

from collections.abc import Mapping
from functools import lru_cache

from django.http import HttpRequest, HttpResponse

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.places.gazetteer import Gazetteer
from kvar.spending.io_table import CrossCheck, cross_check, io_table_of
from kvar.spending.rounds import Rounds, rounds
from kvar.web import data
from kvar.web.charts.chart import Chart
from kvar.web.charts.multiplied import finding, multiplier_charts
from kvar.web.views import language_of, page


def multiplier(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """The page of a year, for all anchors together: answers are too few to be parted. Of a district, two rounds."""
    language, scene = language_of(lang), data.scene(request, place)
    found, check = _found(request, place)
    names = {anchor.slug: anchor.name.split(" (")[0] for anchor in scene.anchors}
    more: dict[str, object] = {"found": found, "check": check}
    if found:
        more |= {
            "finding": finding(found, scene, language),
            "own": charts(request, place, language),
            "observed": [(names[o.anchor], o, o.local / o.bought, (o.local + o.unplaced) / o.bought)
                         for o in found.observed],
            "shares": [amount / found.first for amount in found.second],
            "two_local": 1 + found.local.share if found.local and found.local.share is not None else None,
        }  # fmt: skip
    return page(request, lang, place, "multiplier.html", **more)


def charts(request: HttpRequest, place: str, lang: Language) -> Mapping[str, Chart]:
    """The drawing of the rounds, and the cross-check where there is a table."""
    found, check = _found(request, place)
    return multiplier_charts(data.scene(request, place), found, check, lang) if found else {}


def _found(request: HttpRequest, place: str) -> tuple[Rounds | None, CrossCheck | None]:
    scene = data.scene(request, place)
    return _rounds(data.version(data.store()), place, scene.year, scene.district.code if scene.district else "")


@lru_cache(maxsize=64)
def _rounds(_version: str, place: str, year: str, district: str) -> tuple[Rounds | None, CrossCheck | None]:
    where = data.store()
    batches = [ref for ref, _ in where.batches() if ref.anchor.place == place]
    try:
        gazetteer = Gazetteer.load(where.root / "places")
        found = rounds(where, batches, place, int(year), gazetteer=gazetteer, district=district or None)
    except KvarError:
        return None, None
    table = None if district else io_table_of(where, place)
    return found, cross_check(table, found.industries) if table else None
