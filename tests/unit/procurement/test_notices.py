"""Other buyers' notices: eForms, OCDS and CSV read as they are; what is no notice says so; nothing dangerous kept."""

import json
from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.procurement.notices.read import read

XML = """<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>n-1</cbc:ID><cbc:IssueDate>2026-01-02+01:00</cbc:IssueDate><cbc:IssueTime>08:00:00+01:00</cbc:IssueTime>
<cac:ProcurementProject><cbc:Name>{title}</cbc:Name><cbc:ProcurementTypeCode>supplies</cbc:ProcurementTypeCode>
<cac:RequestedTenderTotal>
<cbc:EstimatedOverallContractAmount currencyID="SEK">12.5</cbc:EstimatedOverallContractAmount>
</cac:RequestedTenderTotal></cac:ProcurementProject></ContractNotice>"""


def code_of(data: bytes) -> str:
    with pytest.raises(KvarError) as caught:
        read(data, "fil")
    return caught.value.code


def test_eforms() -> None:
    [seen] = read(XML.format(title="Frukt").encode(), "fil").notices
    assert (seen.id, seen.title, seen.kind, seen.value, seen.currency) == ("n-1", "Frukt", "goods", 1250, "SEK")
    assert seen.published is not None
    assert seen.published.isoformat() == "2026-01-02T08:00:00+01:00"


def test_ocds_packages_lines_and_the_last_release_of_an_ocid() -> None:
    def release(title: str, date: str) -> dict[str, object]:
        tender = {"title": title, "value": {"amount": 10.25, "currency": "GBP"},
                  "documents": [{"url": "javascript:alert(1)"}]}  # fmt: skip
        return {"ocid": "o-1", "date": date, "tag": ["tender"], "tender": tender, "buyer": {"name": "Burnley"}}

    rows = [release("ny", "2026-02-01T00:00:00Z"), release("gammal", "2026-01-01T00:00:00Z")]
    package = read(json.dumps({"releases": rows}).encode(), "fil")
    lines = read("\n".join(json.dumps({"releases": [row]}) for row in rows).encode(), "fil")
    assert package.notices == lines.notices
    [seen] = package.notices
    assert (seen.title, seen.value, seen.buyer, seen.url) == ("ny", 1025, "Burnley", "")


def test_csv_with_names_in_either_language() -> None:
    text = (
        "Diarienummer;Rubrik;Köpare;Sista anbudsdag;Värde;Länk\n"
        "1;Städning;Grannsta;2026-05-04 12:00;650 000;https://x.se\n;Utan id;X;;;\n"
    )
    found = read(text.encode("cp1252"), "fil")
    assert found.left == {"title": 1}
    [seen] = found.notices
    assert seen.value == 65000000
    assert seen.deadline is not None
    assert seen.deadline.isoformat() == "2026-05-04T12:00:00+02:00"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><body/></html>", "procurement.notices.not_eforms"),
        (b"<ContractNotice", "ledger.xml.broken"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "ledger.xml.dtd"),
        (XML.format(title="").encode(), "procurement.notices.none"),
        (b'{"releases": [', "procurement.notices.json"),
        (b'{"a": 1}', "procurement.notices.not_ocds"),
        (b'{"releases": [{"ocid": "x", "tender": 3}]}', "procurement.notices.none"),
        (b"a;b\n1;2\n", "procurement.notices.columns"),
        (b"id;rubrik;buyer\n", "procurement.notices.none"),
    ],
)
def test_what_is_no_notice_says_what_is_wrong(data: bytes, code: str) -> None:
    assert code_of(data) == code


@pytest.mark.real
def test_every_real_notice_of_the_eforms_sdk(data: Path) -> None:
    files = sorted((data / "formats" / "eforms-sdk" / "notices").glob("*.xml"))
    wanted = [file for file in files if not file.name.startswith(("INVALID", "X0"))]
    assert len(wanted) >= 60
    for file in wanted:
        [seen] = read(file.read_bytes(), file.name).notices
        assert seen.title
    cumbria = read((data / "formats/eforms-sdk/notices/cn_24_cumbria.xml").read_bytes(), "x").notices[0]
    assert (cumbria.buyer, cumbria.value, cumbria.cpv) == ("Cumbria County Council", 123000000, "79000000")


@pytest.mark.real
def test_a_real_ocds_package(data: Path) -> None:
    file = data / "formats" / "ocds" / "fictional-example" / "1.1" / "ocds-213czf-000-00001-02-tender.json"
    [seen] = read(file.read_bytes(), file.name).notices
    assert (seen.buyer, seen.value, seen.currency) == ("London Borough of Barnet", 110000000, "GBP")
    paraguay = data / "formats" / "ocds" / "ocdskit-realdata" / "release-package_1.1-1.json"
    assert read(paraguay.read_bytes(), paraguay.name).notices
