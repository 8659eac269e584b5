"""The user's input–output table: read strictly, and weighted by what local suppliers were paid."""

from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.spending.io_table import IoTable, cross_check, io_table_of, load_io_table

FLOWS = "kod;01-40;41-43, 45\n01-40;150;500\n41-43, 45;200;100\nproduktion;1000;2000\n"
STAFF = "kod;här;landet\n41-43, 45;40;600\n01-40;10;400\n"


def _load(tmp_path: Path, flows: str = FLOWS, staff: str = STAFF) -> IoTable:
    (tmp_path / "io.csv").write_text(flows, encoding="utf-8")
    (tmp_path / "staff.csv").write_text(staff, encoding="utf-8")
    files = (tmp_path / "io.csv", tmp_path / "staff.csv")
    return load_io_table(*files, store=Store(tmp_path / "s"), place="1480", source="SCB", year="2020")


def test_the_table_is_kept_with_its_source(tmp_path: Path) -> None:
    table = _load(tmp_path)
    assert io_table_of(Store(tmp_path / "s"), "1480") == table
    assert (table.source, table.region, table.nation) == ("SCB", (10.0, 40.0), (400.0, 600.0))
    assert io_table_of(Store(tmp_path / "s"), "1") is None


@pytest.mark.parametrize(("industry", "row"), [("43320", 1), ("45", 1), ("07000", 0), ("46", None), (None, None)])
def test_an_industry_has_its_row_by_division(tmp_path: Path, industry: str | None, row: int | None) -> None:
    assert _load(tmp_path).division(industry) == row


def test_multipliers_are_weighted_by_purchases(tmp_path: Path) -> None:
    """The worked example of science research C: δ 0.25 gives 1.2688 and 1.0990."""
    found = cross_check(_load(tmp_path), {"10": 300, "43": 100, "99": 100})
    assert found is not None
    assert dict(found.rows)[0.25] == pytest.approx(0.75 * 1.2688 + 0.25 * 1.0990, abs=1e-4)
    assert found.covered == 0.8
    values = [value for _, value in found.rows]
    assert values == sorted(values, reverse=True)


def test_no_known_industry_is_no_check(tmp_path: Path) -> None:
    assert cross_check(_load(tmp_path), {"99": 5, None: 2}) is None


@pytest.mark.parametrize(
    ("flows", "staff", "code"),
    [
        (FLOWS.replace("produktion", "summa"), STAFF, "spending.io.square"),
        (FLOWS.replace("01-40;150", "02-40;150"), STAFF, "spending.io.square"),
        (FLOWS, STAFF.replace("01-40", "02-40"), "spending.io.codes"),
        (FLOWS.replace("1000;2000", "100;200"), STAFF, "spending.io.productive"),
        (FLOWS, STAFF.replace("400", "0"), "spending.io.shape"),
        (FLOWS.replace("500", "många"), STAFF, "spending.table.number"),
    ],
)
def test_tables_that_do_not_fit(tmp_path: Path, flows: str, staff: str, code: str) -> None:
    with pytest.raises(KvarError) as caught:
        _load(tmp_path, flows, staff)
    assert caught.value.code == code
    assert io_table_of(Store(tmp_path / "s"), "1480") is None
