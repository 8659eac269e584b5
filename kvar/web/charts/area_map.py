"""Where the suppliers are: areas shaded by their share, hatched where nothing is known. Pure geometry."""

from collections.abc import Mapping
from dataclasses import dataclass

from kvar.places.outlines import Outlines

SHADES = ("#eef3ea", "#cfe3d6", "#9ccabb", "#5aa593", "#277a6b", "#0f4c43")
LIMITS = (0.005, 0.01, 0.02, 0.05, 0.1)
DARK = 4
NAMED = 6
LEGEND = 54


@dataclass(frozen=True, slots=True)
class Shape:
    """An area with its path, fill and what it says when pointed at."""

    path: str
    fill: str
    name: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Name:
    """A place's name on the map."""

    x: float
    y: float
    text: str
    ink: str


@dataclass(frozen=True, slots=True)
class AreaMap:
    """A map ready to draw."""

    width: float
    height: float
    legend_y: float
    shapes: tuple[Shape, ...]
    names: tuple[Name, ...]
    steps: tuple[tuple[float, str, str], ...]


def area_map(found: Outlines, shares: Mapping[str, float]) -> AreaMap:
    """Outlines shaded by `shares` (code -> 0…1); the largest shares are named, no two names on each other."""
    shapes = tuple(Shape(_path(a.rings), _fill(shares.get(a.code)), a.name, shares.get(a.code)) for a in found.areas)
    ranked = sorted((a for a in found.areas if a.code in shares), key=lambda a: -shares[a.code])[:NAMED]
    names: list[Name] = []
    for area in ranked:
        x, y = area.label
        if all(abs(x - other.x) > 90 or abs(y - other.y) > 18 for other in names) and 40 < x < found.width - 40:
            names.append(Name(x, y, area.name, "#ffffff" if _step(shares[area.code]) >= DARK else "#1a2421"))
    width = found.width / len(SHADES)
    labels = ("", *(f"{100 * limit:g}" for limit in LIMITS))
    steps = tuple((round(n * width * 0.7, 1), shade, labels[n]) for n, shade in enumerate(SHADES))
    return AreaMap(found.width, round(found.height + LEGEND, 1), found.height + 22, shapes, tuple(names), steps)


def _path(rings: tuple[tuple[tuple[float, float], ...], ...]) -> str:
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in rings)


def _step(share: float) -> int:
    return sum(share >= limit for limit in LIMITS)


def _fill(share: float | None) -> str:
    return "url(#unknown)" if share is None else SHADES[_step(share)]
