"""Places loaded by the command are put in place whole, and seen; what cannot be read is told."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kvar.cli.main import app
from kvar.cli.places import _into


def test_a_file_put_in_place_changes_the_folder(tmp_path: Path) -> None:
    _into(tmp_path / "a.csv", b"1")
    os.utime(tmp_path, (1, 1))
    _into(tmp_path / "a.csv", b"2")
    assert tmp_path.stat().st_mtime > 1
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"2"]


@pytest.mark.parametrize("text", ["zipcode,latitude\n\xe5,1\n".encode("cp1252")])
def test_another_encoding_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    monkeypatch.setenv("KVAR_DATA", str(tmp_path))
    (tmp_path / "posts.csv").write_bytes(text)
    done = CliRunner().invoke(app, ["places", "postcodes", str(tmp_path / "posts.csv"), "--vintage", "2024"])
    assert done.exit_code == 1
    assert "UTF-8" in done.output
