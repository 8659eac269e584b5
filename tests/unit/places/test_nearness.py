"""Nearness in Sweden and in the UK, where some authorities have a county above them and some a region."""

from collections import Counter
from pathlib import Path

import pytest

from kvar.places.gazetteer import Gazetteer
from kvar.places.nearness import nearness

KNOWN = Gazetteer.load()
CASES = """
    1480       1480       municipality   Göteborg itself
    1480       1490       region         Borås, same county
    1480       14         home_country   a seat known only by the home county
    1480       0180       country        Stockholm
    1480       E07000123  abroad         Preston
    14         1480       region         home is the region itself
    14         0180       country
    E07000123  E07000117  region         Preston and Burnley, both in Lancashire
    E07000123  E10000017  home_country   a seat known only by the home county
    E07000123  E06000008  country        Blackburn with Darwen: in the North West, not in the county
    E07000123  E12000002  home_country   the North West holds Preston
    E06000008  E07000123  region         seen from Blackburn the region is the North West, which holds Lancashire
    E06000008  E08000003  region         Manchester
    E06000008  E10000017  region         a seat known only as Lancashire is in the North West
    E08000035  E08000036  region         Leeds and Wakefield, Yorkshire and The Humber
    E08000035  E07000123  country
    E09000012  E09000001  region         Hackney and the City of London
    S12000033  S12000036  region         Aberdeen and Edinburgh, Scotland
    S12000033  W06000015  country        Aberdeen and Cardiff
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_nearness(line: str) -> None:
    home, other, expected = line.split()[:3]
    assert nearness(home, other, KNOWN) == expected


def test_every_authority_of_the_uk_has_a_region() -> None:
    kinds = {"E06": 63, "E07": 164, "E08": 36, "E09": 33, "S12": 32, "W06": 22, "N09": 11}
    found = [p.code for p in KNOWN.places.values() if p.country == "GB" and p.level == "municipality"]
    assert Counter(code[:3] for code in found) == kinds
    assert all("region" in KNOWN.within(code) for code in found)


def test_each_county_lies_in_one_of_the_nine_regions_and_holds_districts() -> None:
    counties = [p for p in KNOWN.places.values() if p.code.startswith("E10")]
    assert len(counties) == 21
    assert {p.parent[:3] for p in counties} == {"E12"}
    regions = [p.code for p in KNOWN.places.values() if p.country == "GB" and p.parent == "GB"]
    assert len(regions) == 12
    assert sum(len(KNOWN.municipalities(region)) for region in regions) == 361
    assert len(KNOWN.municipalities("E12000002")) == 23 + 12


def test_every_swedish_municipality_has_a_county() -> None:
    found = [p.code for p in KNOWN.places.values() if p.country == "SE" and p.level == "municipality"]
    assert len(found) == 290
    assert all(KNOWN.within(code)["region"] == code[:2] for code in found)


def test_a_vintage_of_areas_can_be_chosen(tmp_path: Path) -> None:
    head = "code;name;level;parent;country;vintage\n"
    (tmp_path / "a.csv").write_text(head + "305;Bergsjön;district;1480;SE;2011\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(head + "305;Västra Bergsjön;district;1480;SE;2021\n", encoding="utf-8")
    asked = {"": "2021", "2024": "2021", "2021": "2021", "2020": "2011", "2005": "2021"}
    for vintage, used in asked.items():
        known = Gazetteer.load(tmp_path, vintage)
        assert known.vintages("305")["district"] == used
        assert set(known.vintages("305")) == {"district", "municipality", "region"}
