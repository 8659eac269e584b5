"""`kvar aggregate` and `kvar open-data` as a person runs them, on the small town."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kvar.cli.main import app
from kvar.ledger.store import Store

Run = Callable[..., Result]
SLUGS = ("kommunen", "regionen", "bostader", "hogskolan")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(data: Path, *words: str) -> Result:
        monkeypatch.setenv("KVAR_DATA", str(data))
        monkeypatch.setenv("KVAR_LANG", "en")
        return CliRunner().invoke(app, list(words))

    return call


def test_from_key_to_register(run: Run, town: Store, tmp_path: Path) -> None:
    mine, hub = town.root.parent, tmp_path / "hub"
    key = run(hub, "aggregate", "key").stdout.strip()
    assert key.startswith("age1")
    assert run(hub, "aggregate", "key").stdout.strip() == key
    files = [str(tmp_path / f"{slug}.kvar") for slug in SLUGS]
    for slug, file in zip(SLUGS, files, strict=True):
        made = run(mine, "aggregate", "make", "--anchor", slug, "--year", "2021", "--to", key, "--out", file)
        assert made.exit_code == 0, made.stderr
        assert "Only the coordinator can read the file." in made.stdout
    looked = run(hub, "aggregate", "combine", *files)
    assert looked.exit_code == 0, looked.stderr
    assert "All" in looked.stdout
    assert run(hub, "aggregate", "releases").stdout == ""
    done = run(hub, "aggregate", "publish", *files)
    assert done.exit_code == 0, done.stderr
    assert "came within 15 per cent of none" in done.stdout
    assert run(hub, "aggregate", "releases").stdout.startswith("1: 9901 2021, published ")
    few = run(hub, "aggregate", "publish", *files[:2])
    assert few.exit_code == 1
    assert "At least 3 anchors are needed" in few.stderr
    wrong = run(mine, "aggregate", "make", "--anchor", "kommunen", "--year", "2021", "--to", "x", "--out", files[0])
    assert wrong.exit_code == 1
    assert "x is no coordinator's key" in wrong.stderr


def test_open_data_is_written_opened_and_closed(run: Run, town: Store, tmp_path: Path) -> None:
    mine, out = town.root.parent, tmp_path / "ut.csv"
    written = run(mine, "open-data", "write", "--anchor", "hogskolan", "--year", "2021", "--out", str(out))
    assert "lines withheld" in written.stdout
    assert out.read_text(encoding="utf-8").count("\n") > 10
    asked = ("--anchor", "hogskolan", "--year", "2021")
    assert run(mine, "open-data", "open", *asked).exit_code == 0
    assert "hogskolan 2021" in run(mine, "open-data", "list").stdout
    assert run(mine, "open-data", "close", *asked).exit_code == 0
    again = run(mine, "open-data", "close", *asked)
    assert again.exit_code == 1
    assert "is not open data" in again.stderr
