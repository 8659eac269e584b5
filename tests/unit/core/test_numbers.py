"""Identity numbers: every usual writing of a person is seen as a person."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from kvar.core.numbers import (
    has_person_number,
    keyed,
    mask,
    read_british,
    read_number,
    read_swedish,
    replace_persons,
    token,
)

ORG = "5561234567"[:9]
ORG = ORG + luhn.calc_check_digit(ORG)
PERSON = "811228987"  # the tax agency's published test number 811228-9874
PERSON = PERSON + luhn.calc_check_digit(PERSON)
COORDINATION = "701063239"
COORDINATION = COORDINATION + luhn.calc_check_digit(COORDINATION)


def writings(ten: str) -> list[str]:
    return [
        ten,
        f"{ten[:6]}-{ten[6:]}",
        f"{ten[:6]}+{ten[6:]}",
        f"{ten[:6]} {ten[6:]}",
        f"19{ten}",
        f"19{ten[:6]}-{ten[6:]}",
        f"SE{ten}01",
        f"SE {ten[:6]}-{ten[6:]} 01",
        f"{ten}.0",
    ]


@pytest.mark.parametrize("text", writings(PERSON) + writings(COORDINATION))
def test_person_in_every_writing(text: str) -> None:
    found = read_swedish(text)
    assert found is not None
    assert found.is_person
    assert found.scheme == "SE-PERSON"


@pytest.mark.parametrize("text", writings(PERSON) + writings(COORDINATION))
def test_person_in_every_writing_is_masked_in_text(text: str) -> None:
    written = f"betalt till {text} i mars"
    assert has_person_number(written)
    assert "******-****" in mask(written)
    assert PERSON[6:] not in mask(written)
    assert COORDINATION[6:] not in mask(written)


@pytest.mark.parametrize("text", [ORG, f"{ORG[:6]}-{ORG[6:]}", f"16{ORG}", f"SE{ORG}01", f"{ORG}.0"])
def test_organisation_in_every_writing(text: str) -> None:
    found = read_swedish(text)
    assert found is not None
    assert (found.scheme, found.number, found.is_person) == ("SE-ON", ORG, False)


@pytest.mark.parametrize("text", ["6630000138", "", "123", "5561234560", "٥٥٦١٢٣٤٥٦٧", "PERSON-123"])
def test_what_is_no_number(text: str) -> None:
    found = read_swedish(text)
    assert found is None or found.number != "6630000138"


@pytest.mark.parametrize(
    ("text", "scheme", "number"),
    [
        ("00445790", "GB-COH", "00445790"),
        ("445790", "GB-COH", "00445790"),
        ("SC095237", "GB-COH", "SC095237"),
        ("GB 980 7806 84", "GB-VAT", "980780684"),
        ("980780684", "GB-VAT", "980780684"),
    ],
)
def test_british(text: str, scheme: str, number: str) -> None:
    found = read_british(text)
    assert found is not None
    assert (found.scheme, found.number) == (scheme, number)


def test_mask_leaves_all_but_persons() -> None:
    text = f"Faktura {PERSON[:6]}-{PERSON[6:]} avser {ORG} och 2024-03-14"
    assert mask(text) == f"Faktura ******-**** avser {ORG} och 2024-03-14"
    assert has_person_number(text)
    assert not has_person_number(mask(text))


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.integers(0, 999), st.sampled_from([0, 60]))
def test_every_person_is_masked(year: int, month: int, day: int, serial: int, shift: int) -> None:
    nine = f"{year:02}{month:02}{day + shift:02}{serial:03}"
    ten = nine + luhn.calc_check_digit(nine)
    for text in (ten, f"19{ten}", f"{ten[:6]}-{ten[6:]}"):
        assert ten[6:] not in mask(f"betalt till {text} i mars")


BLANKS = st.text(
    st.sampled_from("\u00a0\u2009\u202f\u2007\u2003 -\u2010\u2011\u2013\u2014\u2212\uff0d\u00ad\u200b\u2060./+_"),
    max_size=3,
)
SCRIPTS = st.sampled_from(["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩"])


@settings(max_examples=300)
@given(
    st.sampled_from([PERSON, COORDINATION]),
    BLANKS,
    BLANKS,
    BLANKS,
    st.sampled_from(["", "19", "000", "SE "]),
    SCRIPTS,
)
def test_no_blank_dash_or_script_hides_a_person(
    ten: str, one: str, two: str, three: str, before: str, script: str
) -> None:
    written = f"{before}{ten[:2]}{one}{ten[2:4]}{one}{ten[4:6]}{two}{ten[6:]}".translate(
        str.maketrans("0123456789", script)
    )
    text = f"Avser{three} {written} i mars, faktura 7"
    assert mask(text) == f"Avser{three} ******-**** i mars, faktura 7".replace("  ", "  ")
    assert has_person_number(text)


def test_a_number_that_is_none_does_not_hide_the_next() -> None:
    assert mask(f"24 03 {PERSON[:6]}-{PERSON[6:]}") == "24 03 ******-****"


def test_a_token_stands_for_the_person_and_is_read_as_the_same() -> None:
    key = b"k" * 32
    text = replace_persons(f"Test {PERSON}", lambda number: token(number, key))
    assert text == f"Test PERSON-{keyed(PERSON, key)[:24]}"
    assert not has_person_number(text)


def test_keyed_needs_the_key() -> None:
    assert keyed(PERSON, b"a" * 32) != keyed(PERSON, b"b" * 32)
    assert PERSON not in keyed(PERSON, b"a" * 32)


@pytest.mark.parametrize(
    ("text", "scheme"), [("DE136695976", "DE-VAT"), ("DK 13585628", "DK-VAT"), ("FI20774740", "FI-VAT")]
)
def test_foreign_vat_numbers_say_the_country(text: str, scheme: str) -> None:
    found = read_number(text, "SE")
    assert found is not None
    assert (found.scheme, found.is_person) == (scheme, False)


@pytest.mark.parametrize("text", ["DE136695977", "XX123456789", "AB123456"])
def test_what_is_no_vat_number_is_none(text: str) -> None:
    assert read_number(text, "SE") is None
