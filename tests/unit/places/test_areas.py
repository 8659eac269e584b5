"""Areas with borders: the point's area, and errors that say what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from kvar.core.errors import KvarError
from kvar.places.areas import read_areas


def square(west: float, south: float, **properties: object) -> dict[str, Any]:
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def write(folder: Path, *features: dict[str, Any]) -> Path:
    path = folder / "ytor.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_a_point_lies_in_its_area(tmp_path: Path) -> None:
    file = write(tmp_path, square(12, 57, kod="A", namn="Väst"), square(13, 57, kod="B", namn="Öst"))
    areas = read_areas(file, vintage="2024")
    assert (areas.code_property, areas.name_property) == ("kod", "namn")
    inside = areas.at(13.5, 57.5)
    assert inside is not None
    assert (inside.code, inside.name, inside.vintage) == ("B", "Öst", "2024")
    assert areas.at(15, 57.5) is None


def test_a_shared_border_belongs_to_the_first(tmp_path: Path) -> None:
    areas = read_areas(write(tmp_path, square(12, 57, kod="A"), square(13, 57, kod="B")), vintage="2024")
    found = areas.at(13, 57.5)
    assert found is not None
    assert found.code == "A"


def test_two_vintages_stand_side_by_side(tmp_path: Path) -> None:
    old = read_areas(write(tmp_path, square(12, 57, kod="A")), vintage="2018")
    new = read_areas(write(tmp_path, square(12, 57, kod="A1")), vintage="2025")
    found = [areas.at(12.5, 57.5) for areas in (old, new)]
    assert [(area.code, area.vintage) for area in found if area] == [("A", "2018"), ("A1", "2025")]


def test_the_properties_given_are_taken(tmp_path: Path) -> None:
    areas = read_areas(write(tmp_path, square(12, 57, kod="A", ward="W")), vintage="2024", code="ward")
    assert areas.areas[0].code == "W"


@pytest.mark.parametrize(
    ("feature", "code"),
    [
        (square(57, 12, kod="A"), "places.geojson.coordinates"),
        (square(319000, 6400000, kod="A"), "places.geojson.coordinates"),
        (square(12, 57, yta=3), "places.geojson.columns"),
        ({"type": "Feature", "properties": {"kod": "A"}, "geometry": {"type": "Star"}}, "places.geojson.broken"),
    ],
)
def test_refused_with_the_reason(tmp_path: Path, feature: dict[str, Any], code: str) -> None:
    with pytest.raises(KvarError) as refused:
        read_areas(write(tmp_path, feature), vintage="2024")
    assert refused.value.code == code
    assert "ytor.geojson" in refused.value.say("sv")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"features": []}', "places.geojson.empty"),
        ("kod;namn", "places.geojson.broken"),
        ("[]", "places.geojson.broken"),
    ],
)
def test_no_geojson(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "fel.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KvarError) as refused:
        read_areas(path, vintage="2024")
    assert refused.value.code == code
