"""Areas with borders that the user loads (GeoJSON, WGS 84): which one a point lies in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from kvar.core.errors import KvarError

# Property names that publishers use, best first: SCB, okfse, Göteborg, ONS (LAD13CD … by their ending).
CODE_NAMES = ("code", "kod", "id", "kommunkod", "primärområ", "stadsområd", "mellanomra", "l_id")
NAME_NAMES = ("name", "namn", "kom_namn", "primärnamn")


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its code and name as the file says, and the vintage of the division."""

    code: str
    name: str
    vintage: str


class Areas:
    """Areas of one division and vintage; `code_property` and `name_property` tell which columns were taken."""

    def __init__(self, areas: Sequence[Area], shapes: Sequence[Any], properties: tuple[str, str]) -> None:
        self.areas = tuple(areas)
        self.code_property, self.name_property = properties
        self.shapes = tuple(shapes)
        self._tree = shapely.STRtree(shapes)

    def at(self, longitude: float, latitude: float) -> Area | None:
        """The area of a point in degrees; on a shared border the first in the file; None outside all."""
        hits = self._tree.query(shapely.Point(longitude, latitude), predicate="intersects")
        return self.areas[min(hits)] if len(hits) else None


def read_areas(path: Path, *, vintage: str, code: str = "", name: str = "") -> Areas:
    """Read a GeoJSON FeatureCollection of polygons; property names are guessed unless given.

    Raises `places.geojson.broken`, `.empty`, `.columns` (no code property), `.coordinates` (not longitude and
    latitude in degrees, or swapped: judged for Europe, longitude -25…45 and latitude 34…72).
    """
    features = _features(path)
    code_key, name_key = properties = _properties(features, path.name, (code, name))
    shapes = [_shape(feature, path.name) for feature in features]
    _check_bounds(shapes, path.name)
    areas = [Area(_text(feature, code_key), _text(feature, name_key), vintage) for feature in features]
    return Areas(areas, shapes, properties)


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        features: list[dict[str, Any]] = data["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise KvarError("places.geojson.broken", file=path.name) from error
    if not features:
        raise KvarError("places.geojson.empty", file=path.name)
    return features


def _properties(features: Sequence[dict[str, Any]], file: str, given: tuple[str, str]) -> tuple[str, str]:
    seen = list(features[0].get("properties") or {})
    code = _pick(seen, given[0], CODE_NAMES, "cd")
    if code is None:
        raise KvarError("places.geojson.columns", file=file, seen=", ".join(seen))
    return code, _pick(seen, given[1], NAME_NAMES, "nm") or code


def _pick(seen: Sequence[str], given: str, known: Sequence[str], ending: str) -> str | None:
    if given:
        return given if given in seen else None
    lower = {name.lower(): name for name in seen}
    named = next((lower[name] for name in known if name in lower), None)
    return named or next((name for name in seen if name.lower().endswith(ending)), None)


def _shape(feature: dict[str, Any], file: str) -> Any:
    try:
        return shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"])))
    except (shapely.errors.GEOSException, KeyError) as error:
        raise KvarError("places.geojson.broken", file=file) from error


def _check_bounds(shapes: Sequence[Any], file: str) -> None:
    west, south, east, north = shapely.total_bounds(shapes)
    if not (-25 <= west <= east <= 45 and 34 <= south <= north <= 72):
        raise KvarError("places.geojson.coordinates", file=file, x=round(west, 1), y=round(south, 1))


def _text(feature: dict[str, Any], key: str) -> str:
    value = (feature.get("properties") or {}).get(key)
    return "" if value is None else str(value)
