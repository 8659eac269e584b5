"""Charts whose question is more than a year and an anchor: their pages build them, their twins find them here."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest

from kvar.core.messages import Language
from kvar.web import change, concentration, firms, multiplier, network, opportunities, together
from kvar.web.charts.chart import Chart

Builder = Callable[[HttpRequest, str, Language], Mapping[str, Chart]]  # request, place, language -> charts by name
BUILDERS: Mapping[str, Builder] = {
    "definitioner": firms.charts,
    "agare": firms.charts,
    "storlek": firms.charts,
    "naringsgren": firms.charts,
    "forandring": change.charts,
    "forandring-ankare": change.charts,
    "forandring-slag": change.charts,
    "rundor": multiplier.charts,
    "kanslighet": multiplier.charts,
    "marknader": concentration.charts,
    "beroende": concentration.charts,
    "natverk": network.charts,
    "gemensamt": network.charts,
    "tillsammans": together.charts,
    "paverkbart": opportunities.charts,
    "mojligheter": opportunities.charts,
}


def own_chart(request: HttpRequest, place: str, name: str, lang: Language) -> Chart | None:
    """A page's own chart by its address name; None when it is none of these or there is nothing to draw."""
    return BUILDERS[name](request, place, lang).get(name) if name in BUILDERS else None
