"""Borders of the invented places: cells around seeded points, cut by an invented coast."""

import json
import math
import random
from collections.abc import Mapping
from pathlib import Path

import shapely

MIDDLE = (13.0, 58.0)  # an invented coast, drawn over a real lake: no such place exists


def write_borders(path: Path, names: Mapping[str, str], *, seed: int, around: shapely.Polygon | None = None) -> None:
    """GeoJSON with one polygon a code (property `code`, `name`); the first code lies nearest the middle."""
    rng = random.Random(seed)  # noqa: S311 - an invented town needs no secrets
    whole = around or _coast(rng)
    points = _points(rng, whole, len(names))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=whole))
    shapes = [next(cell for cell in cells if cell.contains(point)).intersection(whole) for point in points]
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name, "invented": True},
            "geometry": json.loads(shapely.to_geojson(shapely.set_precision(shape, 0.0001))),
        }
        for (code, name), shape in zip(names.items(), shapes, strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8")


def border_of(path: Path, code: str) -> shapely.Polygon:
    """The polygon of one code in a file written before."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    found = next(feature for feature in features if feature["properties"]["code"] == code)
    shape: shapely.Polygon = shapely.from_geojson(json.dumps(found["geometry"]))
    return shape


def _coast(rng: random.Random) -> shapely.Polygon:
    """A rough round: a circle with seeded waves."""
    waves = [(k, rng.uniform(0, 0.3 / k), rng.uniform(0, math.tau)) for k in range(2, 14)]
    points = []
    for step in range(240):
        angle = math.tau * step / 240
        reach = 0.42 * (1 + sum(size * math.cos(k * angle + turn) for k, size, turn in waves))
        points.append((MIDDLE[0] + 1.8 * reach * math.cos(angle), MIDDLE[1] + reach * math.sin(angle)))
    return shapely.Polygon(points).buffer(0)


def _points(rng: random.Random, whole: shapely.Polygon, n: int) -> list[shapely.Point]:
    """`n` points inside, spread by taking each time the candidate farthest from those taken."""
    west, south, east, north = whole.bounds
    taken = [shapely.Point(whole.representative_point())]
    while len(taken) < n:
        candidates = [shapely.Point(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(60)]
        inside = [point for point in candidates if whole.contains(point)]
        taken.append(max(inside[:12], key=lambda p: min(p.distance(other) for other in taken)))
    return taken
