"""Postcodes: placed by the table's code, else by coordinates, else not at all."""

import json
from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.places.areas import read_areas
from kvar.places.postcodes import PostcodeInfo, compact, load_postcodes, read_postcodes

GEONAMES_TAB = "SE\t413 01\tGöteborg\tVästra Götaland\tO\t\t\t\t\t57.5\t12.5\t4\n"
ONS = "pcds,doterm,oslaua,lat,long\nPR1 2RL,,E07000123,53.7,-2.7\nPR1 9ZZ,199906,E07000123,53.7,-2.7\n"


def load(path: Path, text: str, country: str, **more: object) -> PostcodeInfo:
    path.write_text(text, encoding="utf-8")
    return load_postcodes(
        path, folder=path.parent, country=country, vintage="2026", source="test", licence="CC0", **more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["PR1 2RL", "pr12rl", " PR1\N{NO-BREAK SPACE}2RL "])
def test_one_way_to_compare(text: str) -> None:
    assert compact(text) == "PR12RL"


def test_ons_is_placed_by_code_without_the_ended(tmp_path: Path) -> None:
    info = load(tmp_path / "onspd.csv", ONS, "GB")
    assert (info.rows, info.by_code, info.unplaced) == (1, 1, 0)
    assert read_postcodes(tmp_path) == {("GB", "PR12RL"): "E07000123"}
    kept = json.loads((tmp_path / "postcodes-GB.json").read_text(encoding="utf-8"))
    assert (kept["vintage"], kept["source"], kept["licence"]) == ("2026", "test", "CC0")


def test_sweden_without_borders_is_not_guessed(tmp_path: Path) -> None:
    info = load(tmp_path / "SE.txt", GEONAMES_TAB, "SE")
    assert (info.rows, info.unplaced) == (1, 1)
    assert read_postcodes(tmp_path) == {}


def test_sweden_is_placed_by_coordinates_in_borders(tmp_path: Path) -> None:
    ring = [[12, 57], [13, 57], [13, 58], [12, 58], [12, 57]]
    feature = {"properties": {"id": "1480"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (tmp_path / "k.geojson").write_text(json.dumps({"features": [feature]}), encoding="utf-8")
    areas = read_areas(tmp_path / "k.geojson", vintage="2020")
    info = load(tmp_path / "SE.txt", GEONAMES_TAB, "SE", areas=areas)
    assert (info.by_coordinates, info.unplaced) == (1, 0)
    assert read_postcodes(tmp_path) == {("SE", "41301"): "1480"}


def test_a_postcode_in_two_municipalities_is_in_none(tmp_path: Path) -> None:
    load(tmp_path / "p.csv", "postnummer,kommunkod\n413 01,1480\n41301,1481\n413 02,1480\n", "SE")
    assert read_postcodes(tmp_path) == {("SE", "41302"): "1480"}


@pytest.mark.parametrize(
    ("text", "code"), [("a,b\n1,2\n", "places.postcodes.columns"), ("postnr\n", "places.postcodes.empty")]
)
def test_refused_with_the_reason(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(KvarError) as refused:
        load(tmp_path / "p.csv", text, "SE")
    assert refused.value.code == code
