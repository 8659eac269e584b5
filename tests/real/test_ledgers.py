"""Every real ledger beside the project: recognised, reconciled, and spoken up about where it should be."""

from pathlib import Path

import pytest

from kvar.ledger.read import read
from kvar.ledger.result import TableResult

pytestmark = pytest.mark.real
EXPECTED = {
    "devon": (66, "devon", 559_659),
    "leeds-raw": (19, "leeds", 246_405),
    "lancashire-pcc": (3, "lancashire_pcc", 22_606),
    "orebro": (1, "orebro", 68_022),
}


def tables(folder: Path) -> list[TableResult]:
    files = sorted(path for path in folder.iterdir() if path.suffix in (".gz", ".xlsx"))
    return [table for path in files for table in read(path, key=b"k" * 32).tables]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_line_of_every_file_is_accounted(data: Path, name: str) -> None:
    files, source, lines = EXPECTED[name]
    found = tables(data / "ledgers" / name)
    assert len({table.file for table in found}) == files
    assert {table.source for table in found} == {source}
    assert sum(table.lines for table in found) == lines
    assert all(t.lines == t.loaded + t.quarantined + t.furniture for t in found)
    assert sum(table.quarantined for table in found) < 0.001 * lines


def test_leeds_totals_are_not_counted_and_agree_to_the_penny(data: Path) -> None:
    said = [w.code for t in tables(data / "ledgers" / "leeds-raw") for w in t.warnings if "total_" in w.code]
    assert said == ["ledger.notice.total_agrees"] * 5


def test_the_migration_of_devon_speaks_up(data: Path) -> None:
    path = data / "ledgers" / "devon" / "DCCSpendingOver500_202504.csv.gz"
    assert "ledger.notice.few_lines" in {notice.code for notice in read(path, key=b"k" * 32).tables[0].warnings}


def test_orebro_leaves_no_person_by_name(data: Path) -> None:
    (path,) = (data / "ledgers" / "orebro").glob("*.xlsx")
    payees = read(path, key=b"k" * 32).contents.payees
    persons = payees.filter(payees["is_person"].to_numpy())
    assert persons.num_rows > 0
    assert persons["name"].null_count == persons.num_rows
