"""Several anchors, one picture: the suppliers they share and what several of them buy."""

from collections.abc import Mapping
from functools import lru_cache

from django.http import HttpRequest, HttpResponse

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.places.gazetteer import Gazetteer
from kvar.spending.indicators.network import Network
from kvar.spending.network import network as make_network
from kvar.web import data
from kvar.web.charts.chart import Chart
from kvar.web.charts.networked import finding, network_charts
from kvar.web.views import language_of, page


def network(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """The page of a year; with one anchor it says what is needed."""
    found = _found(request, place)
    more: dict[str, object] = {"found": found}
    if found:
        language = language_of(lang)
        more |= {
            "finding": finding(found, data.scene(request, place), language),
            "own": charts(request, place, language),
        }
    return page(request, lang, place, "network.html", **more)


def charts(request: HttpRequest, place: str, lang: Language) -> Mapping[str, Chart]:
    """Shared suppliers and common kinds; none where there is one anchor."""
    found = _found(request, place)
    return network_charts(data.scene(request, place), found, lang) if found else {}


def _found(request: HttpRequest, place: str) -> Network | None:
    scene = data.scene(request, place)
    district = scene.district.code if scene.district else ""
    return _network(data.version(data.store()), place, scene.year, district) if len(scene.anchors) > 1 else None


@lru_cache(maxsize=64)
def _network(_version: str, place: str, year: str, district: str) -> Network | None:
    where = data.store()
    batches = [ref for ref, _ in where.batches() if ref.anchor.place == place]
    try:
        gazetteer = Gazetteer.load(where.root / "places")
        return make_network(where, batches, place, int(year), gazetteer=gazetteer, district=district or None)
    except KvarError:
        return None
