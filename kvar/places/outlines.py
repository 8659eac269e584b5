"""Borders ready for a map: rings of integer-free plane coordinates, fitted into a frame."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from kvar.places.areas import Areas
from kvar.places.projection import meridian_of, to_plane


@dataclass(frozen=True, slots=True)
class Outline:
    """One area's rings in the frame (x right, y down), and the middle of its roomiest part for its name."""

    code: str
    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Areas fitted into `width` × `height`."""

    width: float
    height: float
    areas: tuple[Outline, ...]


def outlines(areas: Areas, codes: Sequence[str], width: float, height: float = math.inf) -> Outlines:
    """The areas with these codes, projected about their own meridian; shared borders agree.

    Fitted to `width`, or in its middle where they would else be higher than `height`.
    """
    chosen = [(a, s) for a, s in zip(areas.areas, areas.shapes, strict=True) if a.code in codes]
    if not chosen:
        return Outlines(width, 0, ())
    meridian = meridian_of(np.vstack([shapely.get_coordinates(shape) for _, shape in chosen]))
    flat = [shapely.transform(shape, lambda points: to_plane(points, meridian)) for _, shape in chosen]
    west, south, east, north = shapely.total_bounds(flat)
    scale = min(width / max(east - west, 1.0), height / max(north - south, 1.0))
    left = (width - (east - west) * scale) / 2
    found = []
    for (area, _), shape in zip(chosen, flat, strict=True):
        fitted = shapely.transform(
            shape, lambda p: np.column_stack((left + (p[:, 0] - west) * scale, (north - p[:, 1]) * scale))
        )
        found.append(Outline(area.code, area.name, _rings(fitted), _middle(fitted)))
    return Outlines(width, round((north - south) * scale, 1), tuple(found))


def _middle(shape: shapely.Geometry) -> tuple[float, float]:
    """The middle of the largest circle that lies inside."""
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape))[0].tolist()
    return round(x, 1), round(y, 1)


def _rings(shape: shapely.Geometry) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Every ring, rounded to a tenth and thinned of points that fall together."""
    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                points = [(round(x, 1), round(y, 1)) for x, y in shapely.get_coordinates(ring).tolist()]
                kept = [p for n, p in enumerate(points) if n == 0 or p != points[n - 1]]
                if len(kept) > 3:
                    found.append(tuple(kept))
    return tuple(found)
