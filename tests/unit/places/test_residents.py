"""A table of residents and deprivation: kept with its source, refused where it cannot be read."""

from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.places.residents import District, load_residents, read_residents

PLACES = "code;name;level;parent;country;vintage\n305;Västra;district;1480;SE;2024\n306;Östra;district;1480;SE;2024\n"
GOOD = "code;residents;deprivation\n305;8000;71,5\n306;9000;68\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "egna.csv").write_text(PLACES, encoding="utf-8")
    return tmp_path / "places"


def load(folder: Path, text: str) -> None:
    path = folder.parent / "tabell.csv"
    path.write_text(text, encoding="utf-8")
    load_residents(path, folder=folder, place="1480", vintage="2024", source="Staden", index="Eget index")


def test_loaded_and_read_again(folder: Path) -> None:
    assert read_residents(folder, "1480") is None
    load(folder, GOOD)
    found = read_residents(folder, "1480")
    assert found is not None
    assert (found.vintage, found.source, found.index) == ("2024", "Staden", "Eget index")
    assert found.districts == {"305": District(8000, 71.5), "306": District(9000, 68.0)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code;residents\n305;8000\n", "lacks the columns: deprivation"),
        ("code;residents;deprivation\n305;många;1\n", "The row for 305"),
        ("code;residents;deprivation\n305;0;1\n", "The row for 305"),
        ("code;residents;deprivation\n305;8000;\n", "The row for 305"),
        ("code;residents;deprivation\n999;8000;1\n", "999 is no district of 1480"),
        ("code;residents;deprivation\n1490;8000;1\n", "1490 is no district of 1480"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(folder: Path, text: str, said: str) -> None:
    with pytest.raises(KvarError, match=said):
        load(folder, text)
    assert read_residents(folder, "1480") is None
