"""E-invoices: rows sum to the invoice or it is held back; no DTD, no bomb, no stranger in the archive."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.read import read
from kvar.ledger.result import ReadResult

HEAD = (
    'xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)
PARTY = (
    "<a:AccountingSupplierParty><a:Party><a:PostalAddress><b:CityName>Älvhamn</b:CityName></a:PostalAddress>"
    "<a:PartyLegalEntity><b:RegistrationName>Bageri Exempel AB</b:RegistrationName>"
    "<b:CompanyID>5599000006</b:CompanyID></a:PartyLegalEntity></a:Party></a:AccountingSupplierParty>"
)


def invoice(kind: str = "Invoice", lines: tuple[str, ...] = ("100.10", "-0.10"), total: str = "95.00") -> str:
    rows = "".join(
        f"<a:{kind}Line><b:LineExtensionAmount>{amount}</b:LineExtensionAmount>"
        f"<a:Item><b:Name>Bröd</b:Name></a:Item></a:{kind}Line>"
        for amount in lines
    )
    allowance = (
        "<a:AllowanceCharge><b:ChargeIndicator>false</b:ChargeIndicator><b:Amount>5.00</b:Amount></a:AllowanceCharge>"
    )
    root = f"urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
    return (
        f'<x:{kind} xmlns:x="{root}" {HEAD}><b:ID>7</b:ID><b:IssueDate>2024-03-01</b:IssueDate>'
        f"<b:DocumentCurrencyCode>SEK</b:DocumentCurrencyCode>{PARTY}{allowance}"
        f"<a:LegalMonetaryTotal><b:TaxExclusiveAmount>{total}</b:TaxExclusiveAmount></a:LegalMonetaryTotal>"
        f"{rows}</x:{kind}>"
    )


def load(path: Path, text: str | bytes) -> ReadResult:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path, key=b"k" * 32)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_and_allowances_are_rows_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!-- från systemet -->' + invoice()
    result = load(tmp_path / "faktura.xml", text.encode(encoding))
    table = result.tables[0]
    assert (table.source, table.lines, table.loaded) == ("peppol", 3, 3)
    assert (table.sum_positive_minor, table.sum_negative_minor) == (10_010, -510)
    assert result.contents.payees.to_pylist()[0]["number"] == "5599000006"


def test_a_credit_note_is_negative(tmp_path: Path) -> None:
    table = load(tmp_path / "kredit.xml", invoice("CreditNote")).tables[0]
    assert table.sum_positive_minor + table.sum_negative_minor == -9_500


def test_an_invoice_that_does_not_add_up_is_held_back_whole(tmp_path: Path) -> None:
    table = load(tmp_path / "faktura.xml", invoice(total="95.01")).tables[0]
    assert (table.loaded, table.reasons) == (0, {"ledger.invoice.sum_differs": 3})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "ledger.xml.dtd"),
        ("<a><b></a>", "ledger.xml.broken"),
        ("<a/>", "ledger.xml.unknown"),
    ],
)
def test_other_xml_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(KvarError) as caught:
        load(tmp_path / "x.xml", text)
    assert caught.value.code == code


def test_an_archive_of_invoices_is_one_table(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "mars.zip", "w") as archive:
        archive.writestr("1.xml", invoice())
        archive.writestr("2.xml", invoice("CreditNote"))
    table = read(tmp_path / "mars.zip", key=b"k" * 32).tables[0]
    assert (table.loaded, table.sum_positive_minor + table.sum_negative_minor) == (6, 0)


def test_a_bomb_and_a_stranger_are_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "bomb.zip", "w", compression=8) as archive:
        archive.writestr("1.xml", b" " * 80_000_000)
    with ZipFile(tmp_path / "annat.zip", "w") as archive:
        archive.writestr("las-mig.txt", "hej")
    for name, code in (("bomb.zip", "ledger.file.bomb"), ("annat.zip", "ledger.file.zip")):
        with pytest.raises(KvarError) as caught:
            read(tmp_path / name, key=b"k" * 32)
        assert caught.value.code == code
