"""What the pages show: the store's report for the question in the address, kept until the data change."""

import os
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest

from kvar.core.errors import KvarError
from kvar.core.period import parse_period
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.places.areas import read_areas
from kvar.places.gazetteer import Gazetteer
from kvar.places.outlines import Outlines, outlines
from kvar.places.place import Place
from kvar.places.residents import Residents, read_residents
from kvar.spending.figure import Level, Question
from kvar.spending.report import Report, report
from kvar.spending.rows import Row
from kvar.suppliers.labels import build

MAP_WIDTH, MAP_HEIGHT = 440, 400
NO_OUTLINES = Outlines(MAP_WIDTH, 0, ())
EVERYTHING = "2000..2199"
WATCHED = (
    "registers", "registers/firms", "registers/residents", "registers/workplaces", "places", "overrides", "identity",
    "identity/events", "contracts", "surveys", "aggregates", "influence", "open_data",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """A place, the anchors that have it as home, the years there are, and the report asked for.

    `district` is the one that the page is seen for, if any; `outlines` are the municipalities of the region,
    `inner` the districts of the municipality.
    """

    place: Place
    anchors: tuple[Anchor, ...]
    years: tuple[str, ...]
    year: str
    anchor: str
    all_years: Report
    report: Report
    outlines: Outlines
    gazetteer: Gazetteer
    districts: tuple[Place, ...] = ()
    district: Place | None = None
    inner: Outlines = NO_OUTLINES
    residents: Residents | None = None

    @property
    def level(self) -> Level:
        """The level that the page counts as local."""
        return "district" if self.district else "municipality"

    @property
    def here(self) -> str:
        """The name of what the page counts as local."""
        return (self.district or self.place).name

    def name_of(self, code: str) -> str:
        """A place's name, or its code where it is not known."""
        known = self.gazetteer.places.get(code)
        return known.name if known else code

    @property
    def whole(self) -> Row | None:
        """All purchases of the question in one row."""
        return next((row for row in self.report.by_year if row.label == self.year), None)

    @property
    def invented(self) -> bool:
        """Is this the example town?"""
        return self.place.invented


def store() -> Store:
    """The store below the data folder."""
    return _store(Path(settings.DATA))


@lru_cache(maxsize=4)
def _store(folder: Path) -> Store:
    return Store(folder / "store")


def version(where: Store) -> str:
    """Changes whenever a batch comes, goes or is read another way, or the registers change."""
    batches = _times(where.root / "batches")
    folders = (where.root / name for name in WATCHED)
    changed = [folder.stat().st_mtime_ns for folder in folders if folder.exists()]
    return f"{len(batches)}-{hash((*batches, *changed))}"


def _times(folder: Path) -> list[tuple[str, int]]:
    """What lies in a folder and when each changed."""
    with os.scandir(folder) as items:
        return sorted((item.name, item.stat().st_mtime_ns) for item in items)


def homes() -> tuple[Place, ...]:
    """The places that some anchor has as home."""
    return _homes(version(store()))


def known(code: str) -> Place | None:
    """A place by its code, with or without any ledger; None if there is no such place."""
    return _places(version(store())).places.get(code)


@lru_cache(maxsize=4)
def _homes(_version: str) -> tuple[Place, ...]:
    gazetteer = _places(_version)
    codes = sorted({ref.anchor.place for ref, _ in store().batches() if ref.anchor.place in gazetteer.places})
    return tuple(gazetteer.get(code) for code in codes)


@lru_cache(maxsize=4)
def _places(_version: str) -> Gazetteer:
    return Gazetteer.load(store().root / "places")


def scene(request: HttpRequest, place: str) -> Scene:
    """The scene of an address `/{lang}/{place}/…?year=2024&anchor=…&district=…`; 404 for what is not there."""
    year, anchor, district = (request.GET.get(name, "") for name in ("year", "anchor", "district"))
    return scene_of(place, year, anchor, district)


def scene_of(place: str, year: str = "", anchor: str = "", district: str = "") -> Scene:
    """The same by what is asked for; without a year the latest."""
    return _scene(version(store()), place, year, anchor, district)


def question(scene: Scene) -> Question:
    """What a scene asks: its year, anchor and district."""
    chosen = (scene.anchor,) if scene.anchor else ()
    district = scene.district.code if scene.district else None
    return Question(scene.place.code, *parse_period(scene.year), chosen, district=district)


@lru_cache(maxsize=256)
def _scene(_version: str, place: str, year: str, anchor: str, district: str) -> Scene:
    where, gazetteer = store(), _places(_version)
    batches = [ref for ref, _ in where.batches() if ref.anchor.place == place]
    anchors = tuple({ref.anchor.slug: ref.anchor for ref in batches}.values())
    districts = tuple(p for p in gazetteer.places.values() if p.level == "district" and p.parent == place)
    lens = next((p for p in districts if p.code == district), None)
    if not batches or (anchor and anchor not in {a.slug for a in anchors}) or (district and not lens):
        raise Http404
    _labelled(_version)
    chosen = (anchor,) if anchor else ()
    try:
        question = Question(place, *parse_period(EVERYTHING), chosen, district=district or None)
        whole = report(where, batches, question, gazetteer=gazetteer)
        years = tuple(row.label or "" for row in whole.by_year)
        shown = year or (years[-1] if years else "")
        if shown not in years:
            raise Http404
        first, last = parse_period(shown)
        asked = report(where, batches, replace(question, first=first, last=last), gazetteer=gazetteer)
    except KvarError as error:
        raise Http404 from error
    region = gazetteer.within(place).get("region")
    near = gazetteer.municipalities(region) if region else ()
    return Scene(
        gazetteer.get(place), anchors, years, shown, anchor, whole, asked, _outlines(_version, near), gazetteer,
        districts, lens, _outlines(_version, tuple(p.code for p in districts)),
        read_residents(where.root / "places", place),
    )  # fmt: skip


@lru_cache(maxsize=32)
def _outlines(_version: str, codes: tuple[str, ...]) -> Outlines:
    """The borders of some places, if the user has loaded any."""
    for path in sorted((store().root / "places").glob("*.geojson")) if codes else ():
        found = outlines(read_areas(path, vintage=""), codes, MAP_WIDTH, MAP_HEIGHT)
        if found.areas:
            return found
    return NO_OUTLINES


@lru_cache(maxsize=1)
def _labelled(_version: str) -> None:
    where = store()
    build(where, [ref for ref, _ in where.batches()])
