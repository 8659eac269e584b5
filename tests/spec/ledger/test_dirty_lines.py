"""What dirty lines become. Each table is a file: lines in, states out; a reader needs no Python."""

import gzip
from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.read import read
from kvar.ledger.result import TableResult

KEY = b"k" * 32
HEAD = "Leverantör;Belopp;Datum\n"


def result(tmp_path: Path, content: str | bytes, name: str = "fil.csv") -> TableResult:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, key=KEY).tables[0]


def states(table: TableResult) -> tuple[int, int, int]:
    assert table.lines == table.loaded + table.quarantined + table.furniture
    return table.loaded, table.quarantined, table.furniture


AMOUNTS = """
    1 234,56      123456
    1\u00a0234,56 123456
    1\u202f234,56 123456
    1.234,56      123456
    -100,00       -10000
    100,00-       -10000
    (100,00)      -10000
    −100,00       -10000
    100           10000
    0,5           50
    100,00 kr     10000
    2,5E+03       250000
"""


@pytest.mark.parametrize("line", AMOUNTS.strip().splitlines())
def test_amounts_as_written(tmp_path: Path, line: str) -> None:
    written, minor = line.strip().rsplit(" ", 1)
    table = result(tmp_path, f"{HEAD}Bageriet AB;{written.strip()};2024-03-01\nÖvrig AB;7,01;2024-03-02\n")
    assert states(table) == (2, 0, 1)
    assert table.sum_positive_minor + table.sum_negative_minor == int(minor) + 701


REFUSED = """
    12x            ledger.amount.unreadable
    ٣٤             ledger.amount.unreadable
    １２,00         ledger.amount.unreadable
    --5            ledger.amount.unreadable
    1 2 3          ledger.amount.unreadable
    1000000000000000000  ledger.amount.too_large
    1,23456        ledger.amount.decimals
"""


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_amounts_refused_with_a_reason(tmp_path: Path, line: str) -> None:
    written, code = line.strip().rsplit(" ", 1)
    table = result(tmp_path, f"{HEAD}Bageriet AB;{written.strip()};2024-03-01\nÖvrig AB;7,01;2024-03-02\n")
    assert states(table) == (1, 1, 1)
    assert table.reasons == {code: 1}


DATES = """
    2024-02-30   ledger.date.unreadable
    31/04/2024   ledger.date.unreadable
    igår         ledger.date.unreadable
    -            ledger.date.unreadable
"""


@pytest.mark.parametrize("line", DATES.strip().splitlines())
def test_dates_refused(tmp_path: Path, line: str) -> None:
    written, code = line.strip().rsplit(" ", 1)
    table = result(tmp_path, f"{HEAD}Bageriet AB;1,00;{written.strip()}\nÖvrig AB;7,01;2024-03-02\n")
    assert table.reasons == {code: 1}


def test_british_commas(tmp_path: Path) -> None:
    table = result(tmp_path, 'Supplier Name,Amount,Date\nAcme Ltd,"1,496.00",01/04/2024\nBeta,-3.5,02/04/2024\n')
    assert (table.sum_positive_minor, table.sum_negative_minor, table.currency) == (149600, -350, "GBP")


def test_ambiguous_thousands_are_asked_for(tmp_path: Path) -> None:
    table = result(tmp_path, f"{HEAD}A AB;1.234;2024-03-01\nB AB;2.500;2024-03-01\n")
    assert table.reasons == {"ledger.amount.ambiguous": 2}


FURNITURE = """Reskontra för mars
Uttag 2024-04-02

Leverantör;Belopp;Datum
Bageriet AB;10,00;2024-03-01
;;

Leverantör;Belopp;Datum
Snickaren HB;20,00;2024-03-02
Summa;30,00;
;30,00;
"""


def test_preamble_blank_repeated_header_and_totals_are_furniture(tmp_path: Path) -> None:
    table = result(tmp_path, FURNITURE)
    assert states(table) == (2, 0, 9)
    assert table.sum_positive_minor == 3000
    assert "ledger.notice.total_agrees" in {notice.code for notice in table.warnings}


def test_an_open_quote_swallows_nothing(tmp_path: Path) -> None:
    lines = [f"{'chr' if n % 50 else chr(34) + 'chr'};{n},00;2024-03-01" for n in range(1, 501)]
    table = result(tmp_path, HEAD + "\n".join(lines) + "\n")
    assert table.lines == 501
    assert table.loaded + table.quarantined == 500
    assert table.sum_positive_minor >= 100 * sum(n for n in range(1, 501) if n % 50)


def test_a_quoted_line_break_names_its_lines(tmp_path: Path) -> None:
    table = result(tmp_path, f'{HEAD}"Bageriet\nEkorren AB";10,00;2024-03-01\nÖ AB;1,00;2024-03-01\n')
    assert states(table) == (3, 0, 1)
    assert table.sum_positive_minor == 1100


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "cp850", "mac_roman"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    rows = "".join(
        f"Snickeriet i Åmål nr {n} – Ängs & Öbacka AB;{n},50;2024-03-01\n".replace("–", "-") for n in range(60)
    )
    path = tmp_path / "fil.csv"
    path.write_bytes((HEAD + rows).encode(encoding))
    found = read(path, key=KEY)
    assert states(found.tables[0]) == (60, 0, 1)
    assert found.contents.payees["name"][0].as_py() == "Snickeriet i Åmål nr 0 - Ängs & Öbacka AB"


def test_mixed_encodings_speak_up(tmp_path: Path) -> None:
    body = HEAD.encode() + "Åkeriet AB;1,00;2024-03-01\n".encode() + "Ölbryggan AB;2,00;2024-03-01\n".encode("cp1252")
    table = result(tmp_path, body)
    assert states(table) == (2, 0, 1)
    assert "ledger.notice.mixed_encoding" in {notice.code for notice in table.warnings}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, newline: str) -> None:
    text = f"{HEAD}A AB;1,00;2024-03-01\nB AB;2,00;2024-03-01".replace("\n", newline)
    assert states(result(tmp_path, text)) == (2, 0, 1)


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "tom.csv": (b"", "ledger.file.empty"),
    "blank.csv": (b"  \n \n", "ledger.file.empty"),
    "rapport.csv": (b"%PDF-1.7 ...", "ledger.file.pdf"),
    "klippt.csv.gz": (b"\x1f\x8b\x08\x00abc", "ledger.file.truncated"),
    "nollor.csv": (b"Lev;Belopp\nA\x00B;1\n", "ledger.file.binary"),
    "arkiv.csv": (b"PK\x03\x04 something", "ledger.file.truncated"),
    "faktura.xml": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "ledger.xml.dtd"),
    "sida.xls": (b"<html><table><tr><td>Lev</td></tr></table>", "ledger.file.html"),
    "data.json": (b'\xef\xbb\xbf[ {"leverantor": "A AB"} ]', "ledger.file.json"),
    "sie5.xml": (b'<?xml version="1.0"?><SieEntry xmlns="http://www.sie.se/sie5"/>', "ledger.sie.five"),
    "naken.csv": (b"Bageriet AB;100,00;2024-03-01\nSnickaren HB;20,00;2024-03-02\n", "ledger.header.data"),
    "brev.csv": (b"Hej\nHej igen\n", "ledger.header.missing"),
    "utan.csv": (b"Namn;Telefon\nAnnika;1\n", "ledger.columns.missing"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_files_refused_in_plain_words(tmp_path: Path, name: str) -> None:
    content, code = BAD_FILES[name]
    with pytest.raises(KvarError) as caught:
        result(tmp_path, content, name)
    assert caught.value.code == code
    assert name.removesuffix(".gz") in caught.value.say("sv") or "kolumn" in caught.value.say("sv")


def test_one_endless_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KvarError) as caught:
        result(tmp_path, HEAD + "x" * 2_000_000)
    assert caught.value.code == "ledger.line.too_long"


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KvarError) as caught:
        result(tmp_path, gzip.compress(b"0" * 100_000_000), "bomb.csv.gz")
    assert caught.value.code == "ledger.file.bomb"
