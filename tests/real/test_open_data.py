"""Örebro's real ledger as open data: read back to the same öre, and no person in it. Only counts are looked at."""

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from kvar.core.numbers import has_person_number
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.read import read
from kvar.ledger.store import Store
from kvar.spending.open_data.export import csv_of, summary

pytestmark = pytest.mark.real


def test_orebro_leaves_as_open_data_and_comes_back(data: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    (path,) = (data / "ledgers" / "orebro").glob("*.xlsx")
    anchor = Anchor("orebro", "Örebro kommun", "SE", "1880", "212000-1967")
    (done,) = import_files([path], store=store, anchor=anchor, options=Options())
    assert done.batch is not None
    lines = pq.read_table(done.batch.folder / "lines.parquet", columns=["month", "amount"])
    year = pc.max(lines["month"]).as_py() // 100
    found = summary(store, [done.batch], year)
    assert found.lines + found.withheld_lines == pc.sum(pc.equal(pc.divide(lines["month"], 100), year)).as_py()
    out = tmp_path / "ut.csv"
    out.write_bytes(b"".join(csv_of(store, [done.batch], year)))
    (again,) = read(out, key=b"k" * 32).tables
    assert (again.source, again.quarantined) == ("leverantorsreskontra_full", 0)
    assert again.sum_positive_minor + again.sum_negative_minor == found.whole
    assert not has_person_number(out.read_text(encoding="utf-8"))
    assert found.withheld["person"][0] > 0
    print(year, found.lines, found.amount, found.withheld, found.whole)  # noqa: T201 - counts for whoever runs it with -s
