"""Floors of matching on a real labelled ledger, and what its labels say. The held-out half is not looked at here."""

import sys
from pathlib import Path

import pyarrow as pa
import pytest

from kvar.suppliers.evaluate import measure, pairs_within
from kvar.suppliers.match import match

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
import labelled

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def wakefield() -> labelled.Labelled:
    if not labelled.DATA.is_dir():
        pytest.skip(f"no real data at {labelled.DATA}")
    return labelled.wakefield()


def test_joined_alone_on_the_tuning_half(wakefield: labelled.Labelled) -> None:
    n = len(wakefield.names)
    records = pa.table({"record_id": [str(i) for i in range(n)], "name": wakefield.names, "country": ["GB"] * n})
    clusters = match(records, None).clusters["cluster"].to_pylist()
    keep = wakefield.half(True)
    got = measure(pairs_within(clusters), wakefield.true(), wakefield.units(), keep=keep,
                  ignored=wakefield.unsure(), draws=0)  # fmt: skip
    assert got.precision.value > 0.85
    assert got.f1.value > 0.60


def test_what_the_labels_say(wakefield: labelled.Labelled) -> None:
    true, unsure = wakefield.true(), wakefield.unsure()
    assert 900 < len(true) < 1100
    assert 0.6 < len(true & unsure) / len(true) < 0.8, "most true pairs are of trusts and groups with many names"
    assert 0.4 < sum(wakefield.half(True)) / len(wakefield.names) < 0.6


@pytest.mark.parametrize(
    ("left", "right", "slip"),
    [
        ("coh:09055079", "coh:00095579", True),  # every zero lost
        ("coh:05983219", "coh:05973219", True),  # one digit exchanged
        ("coh:00814133", "coh:08140133", True),
        ("coh:03653277", "coh:03937808", False),
        ("coh:01860680", "coh:BR007985", False),
    ],
)
def test_slips_of_the_pen(left: str, right: str, slip: bool) -> None:
    assert labelled.is_slip(left, right) is slip
