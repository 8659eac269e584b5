"""The example town: same seed same bytes, and every öre the generator wrote is found again."""

import json
from pathlib import Path

from kvar.example.generate import generate
from kvar.ledger.store import Store


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    generate(tmp_path / "a", scale=0.01)
    generate(tmp_path / "b", scale=0.01)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_every_ore_is_found_again(town: Store) -> None:
    manifest = json.loads((town.root / "example" / "manifest.json").read_text(encoding="utf-8"))
    wanted = {entry["file"]: (entry["n"], entry["minor"]) for entry in manifest["files"]}
    found = {
        report["file"]: (table["loaded"], table["sum_positive_minor"] + table["sum_negative_minor"])
        for _, report in town.batches()
        for table in report["tables"]
    }
    assert found == wanted
    assert len(found) == 30


def test_each_ledger_is_read_as_its_dialect(town: Store) -> None:
    sources = {report["anchor"]["slug"]: report["tables"][0]["source"] for _, report in town.batches()}
    assert sources == {
        "kommunen": "goteborg",
        "regionen": "vgr",
        "bostader": "umea",
        "hogskolan": "orebro_2021",
        "polisen": "leverantorsreskontra",
    }
