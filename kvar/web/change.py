"""Why it changed: two years against each other, and what lies behind, to the öre."""

from collections.abc import Mapping
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.core.money import format_minor
from kvar.core.period import parse_period
from kvar.places.gazetteer import Gazetteer
from kvar.spending.explained import Asked, Explained, choices, explained
from kvar.spending.figure import Question
from kvar.web import data
from kvar.web.charts.changed import change_charts, effect_name, finding, where_local
from kvar.web.charts.chart import Chart
from kvar.web.views import language_of, page


def change(request: HttpRequest, lang: str, place: str) -> HttpResponse:
    """The page; where there is only one year it says what is needed."""
    language, scene = language_of(lang), data.scene(request, place)
    found = _found(request, place)
    more: dict[str, object] = {"found": found, "asked": _asked(request, place) | {"levels": _choices(scene)}}
    if found:
        names = {anchor.slug: anchor.name.split(" (")[0] for anchor in scene.anchors}
        more |= {
            **_figures(found, language),
            "finding": finding(found, scene, language),
            "where": where_local(found, scene, language),
            "own": {name.replace("-", "_"): chart for name, chart in charts(request, place, language).items()},
            "uneven": [(names[slug], *found.months[slug]) for slug in found.uneven],
        }
    return page(request, lang, place, "change.html", **more)


def _figures(found: Explained, lang: Language) -> dict[str, object]:
    """Bases and shares of the two years, the effects in words, and the check to the öre."""
    bases = [sum(state.base for state in period.values()) for period in (found.before, found.after)]
    one, two = (format_minor(amount, found.currency, lang) for amount in found.stayed)
    parts = " ".join(f"{'−' if amount < 0 else '+'} {format_minor(abs(amount), found.currency, lang)}"
                     for amount in found.effects.parts.values() if amount)  # fmt: skip
    return {
        "bases": bases,
        "shares": [s / base if base > 0 else None for s, base in zip(found.stayed, bases, strict=True)],
        "told": [(name, amount, effect_name(name, amount, lang)) for name, amount in found.effects.parts.items()],
        "check": {"one": one, "two": two, "parts": parts},
    }


def charts(request: HttpRequest, place: str, lang: Language) -> Mapping[str, Chart]:
    """The charts of a question; none where it cannot be answered."""
    found, scene = _found(request, place), data.scene(request, place)
    return change_charts(scene, found, _asked(request, place), _choices(scene), lang) if found else {}


def _asked(request: HttpRequest, place: str) -> dict[str, str]:
    """The question of the address, filled in; 404 for a year or a definition that is not there."""
    scene, given = data.scene(request, place), request.GET
    first, last = given.get("from", scene.years[0]), given.get("to", scene.years[-1])
    local = given.get("local", scene.level)
    local_last = given.get("local_to", local)
    if not {first, last} <= set(scene.years) or not {local, local_last} <= set(_choices(scene)):
        raise Http404
    return {"from": first, "to": last, "anchor": scene.anchor, "local": local, "local_to": local_last,
            "district": scene.district.code if scene.district else ""}  # fmt: skip


def _choices(scene: data.Scene) -> tuple[str, ...]:
    return choices(data.store(), data.question(scene))


def _found(request: HttpRequest, place: str) -> Explained | None:
    asked = _asked(request, place)
    return _explained(data.version(data.store()), place, tuple(asked.values()))


@lru_cache(maxsize=64)
def _explained(_version: str, place: str, asked: tuple[str, ...]) -> Explained | None:
    where = data.store()
    first, last, anchor, *local, district = asked
    batches = [ref for ref, _ in where.batches() if ref.anchor.place == place]
    gazetteer = Gazetteer.load(where.root / "places")
    chosen = (anchor,) if anchor else ()
    try:
        question = Question(place, *parse_period(f"{first}..{last}"), chosen, district=district or None)
        return explained(where, batches, question, Asked(int(first), int(last), *local), gazetteer=gazetteer)
    except KvarError:
        return None
