"""Total rows are compared with the lines above them. Each table is a file: lines in, what is said out."""

from pathlib import Path

import pytest

from kvar.ledger.mapping import Mapping
from kvar.ledger.read import read
from kvar.ledger.result import TableResult

KEY = b"k" * 32
HEAD = "Leverantör;Belopp;Datum\n"
A, B, C = "A AB;10,00;2024-03-01\n", "B AB;20,50;2024-03-01\n", "C AB;-5,00;2024-03-01\n"


def result(folder: Path, text: str, **options: object) -> TableResult:
    path = folder / "fil.csv"
    path.write_text(text, encoding="utf-8")
    return read(path, key=KEY, **options).tables[0]  # type: ignore[arg-type]


def said(table: TableResult) -> dict[str, dict[str, object]]:
    return {n.code.removeprefix("ledger.notice.total_"): n.values for n in table.warnings if "total_" in n.code}


AGREES = {
    "a grand total": f"{HEAD}{A}{B}{C}Summa;25,50;\n",
    "a total without a word": f"{HEAD}{A}{B}{C};25,50;\n",
    "with blanks between": f"{HEAD}{A}{B}{C};;\n;25,50;\n",
    "in another column": f"{HEAD}{A}{B}{C}Summa;;25,50\n",
    "subtotals, then all": f"{HEAD}{A}{B}Delsumma;30,50;\n{C}Delsumma;-5,00;\nTotalt;25,50;\n",
    "on the first row": f"{HEAD}Summa;25,50;\n{A}{B}{C}",
    "a held line counted with": f"{HEAD}{A}B AB;20,50;2024-02-30\n{C}Summa;25,50;\n",
    "a held line not counted": f"{HEAD}{A}B AB;20,50;2024-02-30\n{C}Summa;5,00;\n",
    "repeated headers": f"{HEAD}{A}{HEAD}{B}{C}Summa belopp:;25,50;\n",
    "nothing at all": f"{HEAD}{A}C AB;-10,00;2024-03-01\nSumma;0,00;\n",
}


@pytest.mark.parametrize("name", AGREES)
def test_totals_that_agree(tmp_path: Path, name: str) -> None:
    table = result(tmp_path, AGREES[name])
    assert set(said(table)) == {"agrees"}
    assert table.lines == table.loaded + table.quarantined + table.furniture


def test_a_total_that_differs_is_told_with_both_sums_and_stops_nothing(tmp_path: Path) -> None:
    table = result(tmp_path, f"{HEAD}{A}{B}{C}Summa;26,50;\n")
    assert said(table) == {"differs": {"line": 5, "stated": 2650, "found": 2550, "currency": "SEK"}}
    assert (table.loaded, table.sum_positive_minor) == (3, 3050)


def test_a_subtotal_can_differ_alone(tmp_path: Path) -> None:
    table = result(tmp_path, f"{HEAD}{A}Delsumma;10,01;\n{B}{C}Summa;25,50;\n")
    assert said(table)["differs"]["line"] == 3
    assert said(table)["agrees"] == {"n": 1, "line": 6}


def test_no_more_than_three_are_told_to_differ(tmp_path: Path) -> None:
    table = result(tmp_path, HEAD + f"{A}Delsumma;1,00;\n" * 9)
    assert len([n for n in table.warnings if n.code == "ledger.notice.total_differs"]) == 3


def test_a_total_without_an_amount_is_only_told(tmp_path: Path) -> None:
    assert said(result(tmp_path, f"{HEAD}{A}Summa;;\n")) == {"row": {"n": 1, "line": 3}}


def test_a_turned_sign_turns_the_total_too(tmp_path: Path) -> None:
    columns = {"supplier_name": "Leverantör", "amount": "Belopp", "date": "Datum"}
    mapping = Mapping("own", 1, columns, "SE", "SEK", sign=-1)  # type: ignore[arg-type]
    table = result(tmp_path, f"{HEAD}{A}{B}{C}Summa;25,50;\n", mapping=mapping)
    assert (set(said(table)), table.sum_negative_minor) == ({"agrees"}, -3050)
