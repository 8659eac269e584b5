"""A file whose header nobody knows can be read once a person has said what its columns mean."""

from pathlib import Path

from kvar.ledger.mapping import Mapping
from kvar.ledger.preview import preview
from kvar.ledger.read import read

TEXT = """Kund;Mottagare av pengar;Bokfört;Kostnad i kr
Skola;Bageri Exempel AB;2024-03-01;12 500,50
Skola;Städ Exempel HB;2024-03-04;-100,00
Skola;Taxi Exempel AB;2024-02-30;900,00
"""


def test_first_values_are_shown_and_the_mapping_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "egen.csv"
    path.write_text(TEXT, encoding="utf-8")
    shown = preview(path)
    assert [name for name, _ in shown.columns] == ["Kund", "Mottagare av pengar", "Bokfört", "Kostnad i kr"]
    assert shown.columns[1][1] == ("Bageri Exempel AB", "Städ Exempel HB", "Taxi Exempel AB")
    columns = {"supplier_name": "Mottagare av pengar", "date": "Bokfört", "amount": "Kostnad i kr"}
    result = read(path, key=b"k" * 32, mapping=Mapping("own", 1, columns, "SE", "SEK"))  # type: ignore[arg-type]
    table = result.tables[0]
    assert (table.lines, table.loaded, table.quarantined, table.furniture) == (4, 2, 1, 1)
    assert (table.sum_positive_minor, table.sum_negative_minor) == (1_250_050, -10_000)


def test_persons_are_masked_in_the_first_values(tmp_path: Path) -> None:
    path = tmp_path / "egen.csv"
    path.write_text("A;B;C\nx;811218-9876;1,00\n", encoding="utf-8")
    assert preview(path).columns[1][1] == ("******-****",)


def test_the_column_with_names_of_firms_is_guessed_to_be_the_supplier(tmp_path: Path) -> None:
    rows = "".join(f"Skola;faktura {n};Påhittat {n} AB;2024-03-01;{n},50\n" for n in range(9))
    path = tmp_path / "egen.csv"
    path.write_text("Kund;Anteckning;Pengar till;Bokfört;Kostnad i kr\n" + rows, encoding="utf-8")
    mapping = preview(path).mapping
    assert mapping is not None
    assert mapping.columns["supplier_name"] == "Pengar till"
