"""The example town: same seed same bytes, and every öre the generator wrote is found again."""

import csv
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


def test_firms_sell_what_their_industry_says(town: Store) -> None:
    folder = town.root / "example"
    with (folder / "foretagsregister.csv").open(encoding="utf-8", newline="") as file:
        industry = {row["org_number"]: row["sni"] for row in csv.DictReader(file, delimiter=";")}
    with (folder / "polisen-2024.csv").open(encoding="utf-8", newline="") as file:
        lines = [row for row in csv.DictReader(file, delimiter=";") if row["konto_nr"] == "6130"]
    sold = [industry.get(row["leverantor_id"].replace("-", "")) for row in lines]
    known = [code for code in sold if code is not None]
    assert known.count("81210") > 0.6 * len(known)


def test_workplaces_hold_the_staff_of_the_register(town: Store) -> None:
    folder = town.root / "example"
    staff: dict[str, int] = {}
    with (folder / "arbetsstallen.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            staff[row["org_number"]] = staff.get(row["org_number"], 0) + int(row["employees"] or 0)
    with (folder / "foretagsregister.csv").open(encoding="utf-8", newline="") as file:
        employees = {row["org_number"]: int(row["employees"]) for row in csv.DictReader(file, delimiter=";")}
    assert all(count <= employees[number] for number, count in staff.items())
    assert len(staff) > 0.9 * len(employees) - 10
