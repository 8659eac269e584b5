"""Names within names. All are invented."""

import pyarrow as pa
import pytest

from kvar.suppliers.parts import names_in, spread


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("Ekan Städ AB", ["Ekan Städ AB"]),
        ("EKAN CARE LTD T/A LÖVET HOUSE", ["EKAN CARE LTD", "LÖVET HOUSE"]),
        ("Ekan Care Ltd (t/a Lövet)", ["Ekan Care Ltd", "Lövet"]),
        ("Ekan Care trading as Lövet", ["Ekan Care", "Lövet"]),
        ("EKAN CARE LTD T/A", ["EKAN CARE LTD"]),
        ("EKAN HOTELL AB/STRANDEN", ["EKAN HOTELL AB", "STRANDEN"]),
        ("Bygg/Måleri i Alby", ["Bygg/Måleri i Alby"]),
        ("ALEN FINANCE LTD RE BJÖRKEN LTD", ["ALEN FINANCE LTD RE BJÖRKEN LTD", "BJÖRKEN LTD"]),
        ("Ekan c/o Björken AB", ["Ekan c/o Björken AB", "Björken AB"]),
        ("T/A", ["T/A"]),
        ("", [""]),
    ],
)
def test_names_in_a_name(name: str, held: list[str]) -> None:
    assert names_in(name) == held


def test_each_name_becomes_a_row_of_its_record() -> None:
    records = pa.table({"record_id": ["a", "b", "c"], "name": ["Ekan Ltd t/a Lövet", None, "Alen Ltd"]})
    rows, owner = spread(records)
    assert owner.tolist() == [0, 1, 2, 0]
    assert rows["record_id"].to_pylist() == ["a", "b", "c", "a"]
    assert rows["name"].to_pylist() == ["Ekan Ltd", None, "Alen Ltd", "Lövet"]
