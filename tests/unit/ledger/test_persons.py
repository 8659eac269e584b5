"""Who is a person: every way a ledger tells it, and what must not be taken for one. All names are invented."""

import pytest

from kvar.core.numbers import IdNumber, read_number
from kvar.ledger.payees import payee_row
from kvar.ledger.persons import told_person

TOLD = """
    Frida Testsson       | Sole trader                                       | sole_trader
    Frida Testsson       | SOLE                                              | sole_trader
    Frida Testsson       | Enskild firma                                     | sole_trader
    Fridas Bygg Ltd      | SOLE                                              | sole_trader
    Frida Testsson       | INDV                                              | individual
    Frida Testsson       | Individual                                        | individual
    Frida Testsson       | EY                                                | sole_trader
    F Testsson Childminder | EY                                              | sole_trader
    Busy Bees Nursery    | EY                                                |
    Frida Testsson       | DCC Business Entities (Sole Trade, Partnership, Ltd) | sole_trader
    Testsson Care Limited | DCC Business Entities (Sole Trade, Partnership, Ltd) |
    Mrs Frida Testsson   |                                                   | title
    Testsson F Mrs       | BUSN                                              | title
    Mr F. Testsson       |                                                   | title
    Mr Fixit Ltd         |                                                   |
    Mr & Mrs Test Bakery Ltd | LTD                                           |
    REDACTED PERSONAL DATA | LTD                                             | withheld
    Fridas Enskild Firma |                                                   | withheld
    Dödsbo efter Testsson |                                                  | withheld
    Test 811228\u00a0\u2013\u00a09874 |                                      | number
    Test PERSON-0123456789abcdef01234567 |                                   | number
    Bageriet AB          | LTD                                               |
    Missionskyrkan       |                                                   |
    Mrsic Transport AB   |                                                   |
"""


@pytest.mark.parametrize("line", TOLD.strip().splitlines())
def test_what_tells_a_person(line: str) -> None:
    name, form, told = (part.strip() for part in line.split("|"))
    assert told_person(name, form) == (told or None)


@pytest.mark.parametrize(
    ("name", "scheme", "number", "told"),
    [
        ("Mr Clutch", "GB-COH", "00445790", None),
        ("Frida Testsson", "SE-ON", "5599000006", None),
        ("Redacted", "GB-COH", "00445790", "withheld"),
        ("Frida Testsson", "GB-VAT", "980780684", "sole_trader"),
    ],
)
def test_a_companys_number_overrules_type_and_title_not_what_is_withheld(
    name: str, scheme: str, number: str, told: str | None
) -> None:
    assert told_person(name, "Sole trader", IdNumber(scheme, number)) == told


def test_a_sole_traders_row_keeps_nothing_but_what_places_it() -> None:
    row = payee_row(0, ("Frida Testsson", "", "GB980780684", "77", "EX2 4QJ", "Exeter", "SOLE"), "GB", b"k" * 32)
    assert row["number"] not in (None, "980780684")
    assert {k: v for k, v in row.items() if k != "number"} == {
        "payee": 0, "name": None, "ref": None, "scheme": "GB-VAT", "postcode": "EX2 4QJ", "city": None,
        "legal_form": "SOLE", "is_person": True, "person": "sole_trader",
    }  # fmt: skip


def test_the_same_person_by_number_and_by_token() -> None:
    key = b"k" * 32
    plain = payee_row(0, ("Frida Testsson", "811228\u20139874", "", "", "", "", ""), "SE", key)
    number = str(plain["number"])
    again = payee_row(0, ("Frida Testsson", f"PERSON-{number[:24]}", "", "", "", "", ""), "SE", key)
    assert again["number"] == number[:24]
    assert again["is_person"] is plain["is_person"] is True
    assert read_number("811228\u2009\u20139874", "SE") is not None
