"""Få leverantörer: where most of a kind is with few suppliers, and firms that live on one anchor. Never accuses."""

from collections.abc import Mapping
from functools import lru_cache

from django.http import HttpRequest, HttpResponse

from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.places.gazetteer import Gazetteer
from kvar.spending.concentrated import Concentrated, Market
from kvar.spending.concentrated import concentrated as find
from kvar.spending.figure import Question
from kvar.spending.worth_a_look import MOST_HHI
from kvar.web import data
from kvar.web.charts.chart import Chart
from kvar.web.charts.lying import NARROW, lying
from kvar.web.views import language_of, page

SHOWN, COLOUR, CALM = 8, "#934511", "#369a89"


def concentration(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """The page; where nothing was bought it says so."""
    language, found, scene = language_of(lang), _found(request, place), data.scene(request, place)
    names = {anchor.slug: anchor.name.split(" (")[0] for anchor in scene.anchors}
    more: dict[str, object] = {"found": found, "finding": _finding(found, language)}
    if found:
        few = sum(market.amount for market in found.few)
        more |= {
            "own": charts(request, place, language),
            "few": few,
            "share": few / found.base if found.base > 0 else None,
            "bands": {band.name: band for band in found.bands},
            "single": len(scene.anchors) == 1,
            "firms": sum(band.suppliers for band in found.bands),
            "dependents": [(one, names.get(one.anchor, one.anchor)) for one in found.dependents],
        }
    return page(request, lang, place, "concentration.html", **more)


def charts(request: HttpRequest, place: str, lang: Language) -> Mapping[str, Chart]:
    """Markets by HHI, and firms by how much comes from one anchor."""
    found = _found(request, place)
    return {} if found is None else {"marknader": _markets(found, lang), "beroende": _bands(found, lang)}


def _finding(found: Concentrated | None, lang: Language) -> str:
    if found is None or found.base <= 0 or not found.few:
        return say("concentration.title.none", {}, lang)
    n = round(100 * sum(market.amount for market in found.few) / found.base)
    if not n:
        return say("concentration.title.spread", {"n": len(found.few), "all": len(found.markets)}, lang)
    return say("concentration.title", {"n": n}, lang)


def _markets(found: Concentrated, lang: Language) -> Chart:
    rows = tuple(
        (m.kind, m.amount, None if m.hhi is None else round(m.hhi), m.suppliers,
         None if m.largest is None else float(m.largest))
        for m in found.markets
    )  # fmt: skip
    told = _told(found)
    bars = [(m.kind, round(m.hhi or 0), COLOUR if m.few else CALM) for m in told]
    header = tuple(
        say(f"concentration.column.{name}", {}, lang) for name in ("kind", "amount", "hhi", "n", "largest")
    )
    title = say("concentration.chart.markets", {"n": len(found.few), "all": len(found.markets)}, lang)
    return Chart(
        "marknader", title, say("concentration.chart.markets.lead", {"n": len(bars)}, lang), "concentration", header,
        ("text", "money", "count", "count", "share"), rows, found.currency, "index.svg",
        lying(bars, mark=MOST_HHI), lying(bars, NARROW, mark=MOST_HHI),
    )  # fmt: skip


def _told(found: Concentrated) -> list[Market]:
    """The largest kinds, and those that the title tells of even where they are small; largest first."""
    known = [market for market in found.markets if market.hhi is not None]
    few = [market for market in known if market.few][:SHOWN]
    calm = [market for market in known if not market.few][: SHOWN - len(few)]
    return [market for market in known if market in few or market in calm]


def _bands(found: Concentrated, lang: Language) -> Chart:
    header = tuple(say(f"concentration.column.{name}", {}, lang) for name in ("band", "amount", "firms"))
    rows = tuple((say(f"concentration.band.{b.name}", {}, lang), b.amount, b.suppliers) for b in found.bands)
    whole = sum(band.amount for band in found.bands)
    much = sum(band.amount for band in found.bands if band.name in {"one", "most"})
    title = say("concentration.chart.bands", {"n": round(100 * much / whole)} if whole else {"n": 0}, lang)
    return Chart(
        "beroende", title, say("concentration.chart.bands.lead", {}, lang), "concentration", header,
        ("text", "money", "count"), rows, found.currency,
    )  # fmt: skip


def _found(request: HttpRequest, place: str) -> Concentrated | None:
    return _concentrated(data.version(data.store()), data.question(data.scene(request, place)))


@lru_cache(maxsize=64)
def _concentrated(_version: str, question: Question) -> Concentrated | None:
    where = data.store()
    batches = [ref for ref, _ in where.batches() if ref.anchor.place == question.place]
    try:
        return find(where, batches, question, gazetteer=Gazetteer.load(where.root / "places"))
    except KvarError:
        return None
