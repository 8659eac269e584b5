"""Where the suppliers are: areas shaded by their share, hatched where nothing is known. Pure geometry."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kvar.places.outlines import Outline, Outlines

SHADES = ("#eef3ea", "#cfe3d6", "#9ccabb", "#5aa593", "#277a6b", "#0f4c43")
LIMITS = (0.005, 0.01, 0.02, 0.05, 0.1)
DARK, NAMED, LEGEND = 4, 8, 62
LETTER, LINE, EDGE = 7.4, 15.0, 3.0  # what a letter, a line and the frame's edge take of room
Sides = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """An area with its path, fill and what it says when pointed at."""

    path: str
    fill: str
    name: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Name:
    """A place's name on the map, with a halo of the colour it stands on."""

    x: float
    y: float
    text: str
    ink: str
    halo: str


@dataclass(frozen=True, slots=True)
class AreaMap:
    """A map ready to draw; `steps` are the legend's swatches (x, colour, limit in per cent at its left edge)."""

    width: float
    height: float
    legend_y: float
    step: float
    shapes: tuple[Shape, ...]
    names: tuple[Name, ...]
    steps: tuple[tuple[float, str, str], ...]
    unknown: bool


def area_map(found: Outlines, shares: Mapping[str, float]) -> AreaMap:
    """Outlines shaded by `shares` (code -> 0…1); the largest shares are named, no two names on each other."""
    shapes = tuple(Shape(_path(a.rings), _fill(shares.get(a.code)), a.name, shares.get(a.code)) for a in found.areas)
    ranked = sorted((a for a in found.areas if a.code in shares), key=lambda a: -shares[a.code])[:NAMED]
    step = round(0.1 * found.width, 1)
    labels = ("", *(f"{100 * limit:g}" for limit in LIMITS))
    steps = tuple((round(n * step, 1), shade, labels[n]) for n, shade in enumerate(SHADES))
    return AreaMap(
        found.width, round(found.height + LEGEND, 1), round(found.height + 26, 1), step, shapes,
        tuple(_names(ranked, shares, found)), steps, any(shape.share is None for shape in shapes),
    )  # fmt: skip


def _names(ranked: Sequence[Outline], shares: Mapping[str, float], frame: Outlines) -> Iterator[Name]:
    """Each name at its area's middle, else a line up or down; left out where it would touch another or the edge."""
    taken: list[Sides] = []
    for area in ranked:
        x, y = area.label
        for down in (0.0, -LINE, LINE):
            sides = _sides(x, y + down, area.name)
            if _inside(sides, frame) and not any(_touch(sides, other) for other in taken):
                taken.append(sides)
                dark = _step(shares[area.code]) >= DARK
                yield Name(
                    x, round(y + down, 1), area.name, "#ffffff" if dark else "#1a2421", _fill(shares[area.code])
                )
                break


def _sides(x: float, y: float, text: str) -> Sides:
    """Left, top, right and bottom of a name centred at a point."""
    half = LETTER * len(text) / 2
    return x - half, y - LINE / 2, x + half, y + LINE / 2


def _inside(sides: Sides, frame: Outlines) -> bool:
    return (
        sides[0] >= EDGE and sides[1] >= EDGE and sides[2] <= frame.width - EDGE and sides[3] <= frame.height - EDGE
    )


def _touch(one: Sides, other: Sides) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _path(rings: tuple[tuple[tuple[float, float], ...], ...]) -> str:
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in rings)


def _step(share: float) -> int:
    return sum(share >= limit for limit in LIMITS)


def _fill(share: float | None) -> str:
    return "url(#unknown)" if share is None else SHADES[_step(share)]
