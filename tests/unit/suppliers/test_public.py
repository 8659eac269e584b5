"""Who is named in public: a name without a number that could be a person's is not; a trade's word is enough."""

import pytest

from kvar.suppliers.describe import describe
from kvar.suppliers.public import unnamed

PAYEE = {"name": None, "number": None, "scheme": None, "is_person": False, "legal_form": None}


@pytest.mark.parametrize(
    "name",
    ["Anna Andersson", "Andersson, Anna", "Bo Byström", "Emily Church", "Eva Glas", "John & Ann West", "", None],
)
def test_what_may_be_a_person_is_not_named(name: str | None) -> None:
    assert unnamed(PAYEE | {"name": name}) == "unsure"


@pytest.mark.parametrize(
    "name",
    ["Granbackens Bageri", "Bosses Rör", "Lindens Byggtjänst", "Strömmens Elektriska", "Kajens Järnhandel",
     "Fyren AB", "Exeter Roofing Services", "Barn Owl Trust", "Linds Skolfotografering HB"],
)  # fmt: skip
def test_a_word_of_a_trade_or_a_form_keeps_the_name(name: str) -> None:
    assert unnamed(PAYEE | {"name": name}) is None


def test_a_company_number_names_and_an_estate_does_not() -> None:
    numbered = PAYEE | {"name": "Anna Andersson", "scheme": "SE-ON"}
    assert unnamed(numbered | {"number": "5599000006"}) is None
    assert unnamed(numbered | {"number": "1559000128"}) == "person"
    assert unnamed(PAYEE | {"name": "Fyren AB", "is_person": True}) == "person"


def test_a_form_by_the_senders_own_type_names_and_a_type_of_any_business_does_not() -> None:
    typed = PAYEE | {"name": "Anna Andersson"}
    assert unnamed(typed | {"legal_form": "LTD"}) is None
    assert unnamed(typed | {"legal_form": "BUSN"}) == "unsure"
    assert unnamed(typed | {"legal_form": "Enskild firma"}) == "unsure"


def test_a_register_entry_of_the_same_name_vouches_for_nobody() -> None:
    entry = {"name": "Anna Andersson AB", "form_group": "limited_company", "country": "SE"}
    row = describe(7, "name-SE-anna andersson", PAYEE | {"name": "Anna Andersson"}, "SE", ("name", entry))
    assert (row["named"], row["slug"], row["is_person"]) == (False, "x-7", False)
