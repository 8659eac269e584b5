"""Registers: each publisher's dialect read strictly, and what they say together with where it is from."""

import json
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest
import xlsxwriter

from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.suppliers.firms import conflicts
from kvar.suppliers.loaded import RegisterInfo, loaded
from kvar.suppliers.register import load_registers, remove_register
from kvar.suppliers.workplaces import places

BOLAGSVERKET = """"organisationsidentitet";"namnskyddslopnummer";"organisationsnamn";"organisationsform";"avregistreringsdatum";"postadress"
"5599000014$ORGNR-IDORG";"";"Bageriet AB$FORETAGSNAMN-ORGNAM$2001-01-01|Bagarn$SARSKILT-ORGNAM$2002-01-01";"AB-ORGFO";"";"Storgatan 1$$ÄLVHAMN$99012$SE-LAND"
"7799000018$ORGNR-IDORG";"";"Kooperativet$FORETAGSNAMN-ORGNAM$2001-01-01";"EK-ORGFO";"2020-02-03";"Box 1$$ÄLVHAMN$99013$SE-LAND"
"198112289874$PERSON-IDORG";"";"Test Testssons Måleri$FORETAGSNAMN-ORGNAM$2001-01-01";"E-ORGFO";"";"Stigen 1$$ÄLVHAMN$99014$SE-LAND"
"""  # noqa: E501
SCB = """PeOrgNr\tForetagsnamn\tJurForm\tPostNr\tNg1
165599000014\tBageriet "Ekorren" AB\t49\t99012\t10710
168299000037\tFöreningen Måsen\t61\t99013\t94990
"""
OWN = """org_number;name;legal_form;municipality_code;sni;employees;ownership;parent_number
559900-0014;Bageriet AB;Övriga aktiebolag;9901;10.710;12;family;
559900-0121;Dottern AB;Övriga aktiebolag;9901;43210;4;;5599000238
559900-0238;Modern AB;Övriga aktiebolag;0180;70100;900;foreign_owned;
"""
WORKPLACES = """org_number;municipality_code;district;employees
559900-0014;9901;9901-1;8
559900-0014;0180;;4
559900-0121;9901;;10-19 anställda
811228-9874;9901;;1
"""


def load(folder: Path, name: str, text: str | bytes, **given: str) -> RegisterInfo:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    wanted = {"country": "SE", "as_of": "2024-12-31"} | given
    (info,) = load_registers([path], store=Store(folder / "store"), **wanted).registers
    return info


def firms(folder: Path) -> dict[str, dict[str, object]]:
    rows = pq.read_table(folder / "store" / "registers" / "firms.parquet").to_pylist()
    return {row["firm"]: row for row in rows}


def test_bolagsverket_parts_its_cells_and_persons_are_dropped(tmp_path: Path) -> None:
    info = load(tmp_path, "bolagsverket_bulkfil.txt", BOLAGSVERKET)
    assert (info.register, info.rows, info.kept, info.persons, info.broken) == ("bolagsverket", 3, 2, 1, 0)
    bakery, cooperative = (firms(tmp_path)[f"SE-ON-{number}"] for number in ("5599000014", "7799000018"))
    assert (bakery["name"], bakery["form_group"], bakery["postcode"]) == ("Bageriet AB", "limited_company", "99012")
    assert (cooperative["form_group"], cooperative["ended"]) == ("cooperative", "2020-02-03")
    assert b"Testsson" not in (tmp_path / "store" / "registers" / "firms.parquet").read_bytes()


def test_scb_is_latin1_with_tabs_and_quotes_that_mean_nothing(tmp_path: Path) -> None:
    info = load(tmp_path, "scb_bulkfil.txt", SCB.encode("iso-8859-1"))
    assert (info.register, info.kept) == ("scb", 2)
    assert firms(tmp_path)["SE-ON-5599000014"]["name"] == 'Bageriet "Ekorren" AB'
    assert firms(tmp_path)["SE-ON-8299000037"]["form_group"] == "association"


def test_each_field_is_the_most_trusted_registers_and_says_whose(tmp_path: Path) -> None:
    load(tmp_path, "bolagsverket_bulkfil.txt", BOLAGSVERKET)
    load(tmp_path, "scb_bulkfil.txt", SCB.replace("\t49\t", "\t31\t").encode("iso-8859-1"))
    load(tmp_path, "eget.csv", OWN)
    bakery = firms(tmp_path)["SE-ON-5599000014"]
    assert (bakery["name"], bakery["name_from"]) == ("Bageriet AB", "bolagsverket_bulkfil".replace("_", "-"))
    assert (bakery["form_group"], bakery["form_group_from"]) == ("limited_company", "bolagsverket-bulkfil")
    assert (bakery["postcode"], bakery["postcode_from"]) == ("99012", "scb-bulkfil")
    assert (bakery["ownership"], bakery["ownership_from"]) == ("family", "eget")
    assert (bakery["industry"], bakery["industry_from"]) == ("10710", "scb-bulkfil")
    found = {(row.field, row.one, row.other): row.n for row in conflicts(Store(tmp_path / "store"))}
    assert found["form_group", "bolagsverket", "scb"] == 1
    assert found["form_group", "plain", "scb"] == 1
    assert ("form_group", "bolagsverket", "plain") not in found


def test_of_two_vintages_the_newer_counts_and_they_are_no_conflict(tmp_path: Path) -> None:
    load(tmp_path, "y2023.csv", OWN.replace("9901", "9902"), as_of="2023-12-31")
    load(tmp_path, "y2024.csv", OWN, as_of="2024-12-31")
    assert firms(tmp_path)["SE-ON-5599000014"]["place"] == "9901"
    assert firms(tmp_path)["SE-ON-5599000014"]["place_from"] == "y2024"
    assert conflicts(Store(tmp_path / "store")) == ()


def test_a_firm_with_a_parent_is_group_owned_and_no_smaller_than_it(tmp_path: Path) -> None:
    load(tmp_path, "eget.csv", OWN)
    daughter = firms(tmp_path)["SE-ON-5599000121"]
    assert (daughter["ownership"], daughter["parent"], daughter["size"]) == ("group_owned", "5599000238", "large")
    assert firms(tmp_path)["SE-ON-5599000014"]["size"] == "small"
    assert firms(tmp_path)["SE-ON-5599000238"]["ownership"] == "foreign_owned"


def test_entries_without_a_number_join_the_only_firm_of_that_name(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    header = ("Namn för leverantör", "Företagsstorlek för leverantör", "Juridisk form för leverantör",
              "SNI-Detaljgrupp för leverantör", "Namn för köpare", "Organisationsnummer för köpare",
              "Delsektor för köpare")  # fmt: skip
    rows = (
        ("Bageriet Aktiebolag", "Stora företag", "Övriga aktiebolag", "10710 Kaffe", "STADENS BOLAG AB", "5599000345",
         "Kommunalt ägd organisation"),
        ("Test Testsson", "Mikroföretag", "Fysiska personer", "43341 Måleri", "STADEN", "2120009997", "Kommun"),
        ("Okända AB", "Små företag", "Övriga aktiebolag", "62010 Gruvdrift", "", "", ""),
    )  # fmt: skip
    with xlsxwriter.Workbook(tmp_path / "uhm.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((header, *rows)):
            sheet.write_row(number, 0, row)
    load(tmp_path, "eget.csv", OWN)
    infos = load_registers([tmp_path / "uhm.xlsx"], store=store, country="SE", as_of="2021-12-31").registers
    assert {info.register: (info.kept, info.persons) for info in infos} == {
        "uhm_buyers": (1, 0), "uhm_suppliers": (2, 1),
    }  # fmt: skip
    found = firms(tmp_path)
    assert found["SE-ON-5599000014"]["size_from"] == "eget"
    assert found["SE-ON-5599000345"]["ownership"] == "municipal_company"
    assert found["name-SE-okända"]["industry"] == "62010"
    assert "name-SE-bageriet" not in found
    assert not any("testsson" in firm for firm in found)


def test_society_numbers_are_written_as_companies_house_does(tmp_path: Path) -> None:
    text = (
        '"CUK Organisation ID","Registered Number","Registered Name","Legal Form","Ownership Classification"\n'
        '"R000001","525R","Canary Society Limited","Society","Consumers"\n'
        '"R000002","3001C","Canary Bakers","Company","Employee Trust"\n'
    )
    info = load(tmp_path, "coops.csv", text, country="GB")
    assert (info.register, info.kept) == ("coops_uk", 2)
    assert firms(tmp_path)["GB-COH-IP00525R"]["ownership"] == "cooperative"
    assert firms(tmp_path)["name-GB-canary bakers"]["ownership"] == "employee_owned"
    outlets = '"CUK Organisation ID","Outlet Name","Postcode"\n"R000001","Shop","PR1 2RL"\n"R999999","?","PR1 2RL"\n'
    load(tmp_path, "outlets.csv", outlets, country="GB")
    table = places(Store(tmp_path / "store"), "workplaces")
    assert table is not None
    assert table["firm"].to_pylist() == ["GB-COH-IP00525R"]


def test_blanks_before_header_names(tmp_path: Path) -> None:
    text = (
        "CompanyName, CompanyNumber,RegAddress.PostCode,CompanyCategory,SICCode.SicText_1\n"
        '"CANARY LTD","00990001","CT12 6SJ","Private Limited Company","10710 - Bread"\n'
    )
    load(tmp_path, "BasicCompanyData.csv", text, country="GB")
    assert firms(tmp_path)["GB-COH-00990001"]["industry"] == "10710"


def test_agencies_with_their_other_names(tmp_path: Path) -> None:
    agency = {"org_nr": "202199-9996", "old_names": ["Fågelverket"], "employees": {"2023": 7, "2024": 9}}
    info = load(tmp_path, "merged.json", json.dumps({"Kanariemyndigheten": {"esv": agency}}))
    assert (info.register, info.rows, info.kept) == ("myndighetsdata", 2, 2)
    (row,) = firms(tmp_path).values()
    assert (row["form_group"], row["employees"], row["size"]) == ("public_body", 9, "micro")


def test_workplaces_of_persons_are_left_out_and_classes_weigh_their_middle(tmp_path: Path) -> None:
    info = load(tmp_path, "arbetsstallen.csv", WORKPLACES)
    assert (info.kind, info.kept, info.persons) == ("workplaces", 3, 1)
    table = places(Store(tmp_path / "store"), "workplaces")
    assert table is not None
    found = {(row["firm"], row["place"]): row["weight"] for row in table.to_pylist()}
    assert found == {
        ("SE-ON-5599000014", "9901"): 16, ("SE-ON-5599000014", "0180"): 8, ("SE-ON-5599000121", "9901"): 29,
    }  # fmt: skip


def test_no_workplace_register_is_told_from_an_empty_one(tmp_path: Path) -> None:
    assert places(Store(tmp_path / "store"), "workplaces") is None


def test_a_register_can_be_taken_out_again(tmp_path: Path) -> None:
    load(tmp_path, "eget.csv", OWN)
    store = Store(tmp_path / "store")
    assert remove_register("eget", store=store).kept == 3
    assert loaded(store) == ()
    assert not (tmp_path / "store" / "registers" / "firms.parquet").exists()


def test_a_zip_with_one_file_is_read(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "scb_bulkfil.zip", "w") as archive:
        archive.writestr("scb_bulkfil.txt", SCB.encode("iso-8859-1"))
    store = Store(tmp_path / "store")
    assert load_registers([tmp_path / "scb_bulkfil.zip"], store=store, country="SE", as_of="2024-12-31").firms == 2


def test_a_few_broken_rows_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"{serial};Firma {serial} AB\n" for serial in range(200))
    info = load(tmp_path, "eget.csv", f"org_number;name\n{rows}5599000014;Bageriet;AB;x\n")
    assert (info.rows, info.broken, info.kept, info.unnumbered) == (201, 1, 0, 200)


BAD = {
    "suppliers.register.columns": b"a;b\n1;2\n",
    "suppliers.register.empty": b"\n\n",
    "suppliers.register.header": b'"org_number;name\n1;2\n',
    "suppliers.register.broken": b"org_number;name\n1;2;3\n4;5\n",
    "suppliers.register.value": b"org_number;name;ownership\n5599000014;Bageriet AB;kompisar\n",
    "suppliers.register.encoding": BOLAGSVERKET.encode("iso-8859-1"),
}


@pytest.mark.parametrize("code", BAD)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(tmp_path: Path, code: str) -> None:
    with pytest.raises(KvarError) as caught:
        load(tmp_path, "fel.csv", BAD[code])
    assert caught.value.code == code
    assert loaded(Store(tmp_path / "store")) == ()
    assert not list((tmp_path / "store" / "registers").rglob("*.tmp"))
    assert caught.value.say("sv")


def test_a_named_register_must_exist_and_fit(tmp_path: Path) -> None:
    for register, code in (("x", "suppliers.register.unknown"), ("scb", "suppliers.register.columns")):
        with pytest.raises(KvarError) as caught:
            load(tmp_path, "eget.csv", OWN, register=register)
        assert caught.value.code == code


def test_a_file_that_is_refused_leaves_what_was_read_before_it_whole(tmp_path: Path) -> None:
    (tmp_path / "eget.csv").write_text(OWN, encoding="utf-8")
    (tmp_path / "fel.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    files = [tmp_path / "eget.csv", tmp_path / "fel.csv", tmp_path / "eget.csv"]
    with pytest.raises(KvarError) as caught:
        load_registers(files, store=Store(tmp_path / "store"), country="SE", as_of="2024-12-31")
    assert caught.value.code == "suppliers.register.columns"
    assert "SE-ON-5599000014" in firms(tmp_path)
    assert [info.name for info in loaded(Store(tmp_path / "store"))] == ["eget"]
