"""Matching: what is joined, asked and kept apart, with evidence that sums to the weight. All names are invented."""

import random

import pyarrow as pa
import pytest

from kvar.suppliers.match import Matches, match
from kvar.suppliers.weights import thresholds

REGISTER = """
    SE-ON | 5599000014 | Bageriet Ekorren AB       | 41104
    SE-ON | 5599000121 | Ekorrens Måleri AB        | 50332
    SE-ON | 7799000018 | Fyrens Omsorg Ek. för.    | 41104
    SE-ON | 5599000238 | Havtorns Bygg i Vikbo AB  | 21500
    SE-ON | 5599000345 | Havtorns Bygg i Ekeby AB  | 22000
    SE-ON | 5599000451 | Strömkarlens Kraft AB     | 41104
"""
RECORDS = """
    a | BAGERIET EKORREN        |            | 41104
    b | Bageriet Ekoren AB      |            |
    c | Fyrens Omsorg           | 7799000018 |
    d | Havtorns Bygg AB        |            |
    e | Strömkarlens Krfat AB   |            | 41104
    f | Okänd Firma HB          |            |
    g | Bageriet Ekorren AB     | 5599000014 |
    h | Bageriet Ekorren AB     | 5599000568 |
"""
FILLER = [f"{a}{b}s {c} AB" for a in ("Sol", "Mån", "Stjärn", "Moln") for b in ("berg", "dal", "holm", "vik", "lund")
          for c in ("Bygg", "Städ", "El", "Data", "Omsorg", "Måleri")]  # fmt: skip


def _table(text: str, names: tuple[str, ...]) -> pa.Table:
    rows = [[cell.strip() or None for cell in line.split("|")] for line in text.strip().splitlines()]
    return pa.table({name: pa.array([row[n] for row in rows], pa.string()) for n, name in enumerate(names)})


def register() -> pa.Table:
    named = _table(REGISTER, ("scheme", "number", "name", "postcode"))
    n = len(FILLER)
    filler = pa.table(
        {"scheme": ["SE-ON"] * n, "number": [f"9{i:09}" for i in range(n)], "name": FILLER, "postcode": ["99999"] * n}
    )
    return pa.concat_tables([named, filler])


def records(order: int = 0) -> pa.Table:
    table = _table(RECORDS, ("record_id", "name", "number", "postcode"))
    table = table.append_column("scheme", pa.array(["SE-ON" if n else None for n in table["number"].to_pylist()]))
    rows = list(range(len(table)))
    random.Random(order).shuffle(rows)
    return table.take(pa.array(rows)) if order else table


@pytest.fixture(scope="module")
def found() -> Matches:
    return match(records(), register())


def entries(matches: Matches) -> dict[str, str | None]:
    return dict(zip(matches.clusters["record_id"].to_pylist(), matches.clusters["entry"].to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("record", "entry"),
    [("a", "SE-ON-5599000014"), ("b", "SE-ON-5599000014"), ("c", "SE-ON-7799000018"), ("e", "SE-ON-5599000451"),
     ("f", None), ("g", "SE-ON-5599000014")],
)  # fmt: skip
def test_each_finds_its_entry(found: Matches, record: str, entry: str | None) -> None:
    assert entries(found)[record] == entry


def test_two_as_good_entries_are_asked(found: Matches) -> None:
    rows = [row for row in found.pairs.to_pylist() if row["left"] == "d" and row["kind"] == "register"]
    assert {row["right"] for row in rows} == {"SE-ON-5599000238", "SE-ON-5599000345"}
    assert {row["decision"] for row in rows} == {"asked"}


def test_the_same_name_with_another_valid_number_stays_apart(found: Matches) -> None:
    heads = dict(zip(*(found.clusters[name].to_pylist() for name in ("record_id", "cluster")), strict=True))
    assert heads["h"] not in (heads["g"], heads["a"])
    assert heads["a"] == heads["b"] == heads["g"]


def test_evidence_sums_to_the_weight(found: Matches) -> None:
    told = found.evidence(range(found.pairs.num_rows))
    for lines, pair in zip(told, found.pairs.to_pylist(), strict=True):
        assert sum(line.bits for line in lines) == pytest.approx(pair["weight"], abs=0.1)


def test_joined_pairs_reach_the_upper_threshold(found: Matches) -> None:
    limits = thresholds()
    for pair in found.pairs.to_pylist():
        assert pair["weight"] >= (limits.upper if pair["decision"] == "joined" else limits.lower)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_the_order_of_rows_changes_nothing(found: Matches, order: int) -> None:
    other = match(records(order), register())
    assert entries(other) == entries(found)

    def pairs(matches: Matches) -> set[tuple[str, ...]]:
        return {(*sorted((row["left"], row["right"])), row["decision"]) for row in matches.pairs.to_pylist()}

    assert pairs(other) == pairs(found)
