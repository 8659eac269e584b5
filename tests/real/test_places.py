"""Real areas and postcodes: counts only."""

from pathlib import Path

import pytest

from kvar.places.areas import read_areas
from kvar.places.postcodes import load_postcodes, read_postcodes

pytestmark = pytest.mark.real


def test_bergsjon_is_two_of_96_areas(data: Path) -> None:
    file = data / "places" / "goteborg-omraden" / "primaromraden.geojson"
    areas = read_areas(file, vintage="2024-01-04")
    names = {area.code: area.name for area in areas.areas}
    assert len(names) == 96
    assert (names["305"], names["306"]) == ("Västra Bergsjön", "Östra Bergsjön")
    square = areas.at(12.0735, 57.7575)
    assert square is not None
    assert square.code in {"305", "306"}


def test_swedish_postcodes_in_290_municipalities(data: Path, tmp_path: Path) -> None:
    areas = read_areas(data / "places" / "okfse-sweden-geojson" / "swedish_municipalities.geojson", vintage="2020")
    assert len(areas.areas) == 290
    info = load_postcodes(
        data / "places" / "geonames-postal" / "zipcodes.se.csv",
        folder=tmp_path, country="SE", vintage="2026-03-30", source="GeoNames", licence="CC BY 4.0", areas=areas,
    )  # fmt: skip
    assert info.rows == 18870
    assert info.by_coordinates > 0.98 * info.rows
    assert read_postcodes(tmp_path)["SE", "41507"] == "1480"


def test_british_postcodes_have_few_codes(data: Path, tmp_path: Path) -> None:
    info = load_postcodes(
        data / "places" / "geonames-postal" / "zipcodes.gb.csv",
        folder=tmp_path, country="GB", vintage="2026-03-30", source="GeoNames", licence="CC BY 4.0",
    )  # fmt: skip
    assert info.rows == 27450
    assert info.by_code + info.unplaced == info.rows
