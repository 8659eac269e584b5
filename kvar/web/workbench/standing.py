"""How an anchor stands: the first things an analyst looks for, each a way on."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404

from kvar.organisations.models import Organisation
from kvar.places.place import Place
from kvar.suppliers import asking
from kvar.web import data


@dataclass(frozen=True, slots=True)
class Standing:
    """Lines loaded and held back in all batches; pairs of names to answer; the latest year and what stayed of it.

    `low` and `high` are the interval of the share that stayed, None where nothing was bought or nothing is loaded;
    of the district asked for, where one is. `districts` can be asked for.
    """

    loaded: int
    held: int
    pairs: int
    year: str
    low: float | None
    high: float | None
    districts: tuple[Place, ...] = ()
    district: Place | None = None


def standing(organisation: Organisation, district: str = "") -> Standing | None:
    """The standing of an anchor, None before its first file; 404 for a district that is not its home's."""
    return _standing(data.version(data.store()), organisation.slug, organisation.place, district)


@lru_cache(maxsize=64)
def _standing(_version: str, slug: str, place: str, district: str) -> Standing | None:
    found = [(ref, report) for ref, report in data.store().batches() if ref.anchor.slug == slug]
    if not found:
        return None
    tables = [table for _, report in found for table in report["tables"]]
    loaded, held = (sum(table[name] for table in tables) for name in ("loaded", "quarantined"))
    pairs = len(asking.queue(data.store(), [ref for ref, _ in found]))
    try:
        scene = data.scene_of(place, anchor=slug, district=district)
    except Http404:
        if district:
            raise
        return Standing(loaded, held, pairs, "", None, None)
    share = scene.report.local_share[scene.level]
    return Standing(loaded, held, pairs, scene.year, share.low, share.high, scene.districts, scene.district)
