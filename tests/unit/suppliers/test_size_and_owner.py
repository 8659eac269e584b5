"""EU size classes and who owns, as small tables."""

from pathlib import Path

import pytest

from kvar.ledger.model import Anchor, BatchRef
from kvar.suppliers.describe import by_postcode, describe
from kvar.suppliers.factors import collects
from kvar.suppliers.forms import FormGroup
from kvar.suppliers.ownership import of_form
from kvar.suppliers.size import size_class

SIZES = """
    0                |          |          | micro
    9                |          |          | micro
    10               |          |          | small
    49               |          |          | small
    50               |          |          | medium
    249              |          |          | medium
    250              |          |          | large
    1 234            |          |          | large
    10-19 anställda  |          |          | small
    200-499          |          |          | -
    20–49            |          |          | small
    ej känt          |          |          | -
                     |          |          | -
    9                | 2000000  | 2000000  | micro
    9                | 2000001  | 2000000  | micro
    9                | 2000001  | 2000001  | small
    9                | 60000000 | 50000000 | large
    40               | 60000000 | 43000000 | medium
    300              | 1        | 1        | large
    9                | 60000000 |          | micro
"""


@pytest.mark.parametrize("line", SIZES.strip().splitlines())
def test_size(line: str) -> None:
    employees, turnover, balance, expected = (cell.strip() or None for cell in line.split("|"))
    assert size_class(employees, turnover, balance) == (None if expected == "-" else expected)


@pytest.mark.parametrize(
    ("form", "owner"),
    [
        ("cooperative", "cooperative"), ("foundation", "foundation"), ("public_body", "public_body"),
        ("limited_company", "unknown"), ("partnership", "unknown"), ("foreign", "unknown"),
    ],
)  # fmt: skip
def test_a_form_tells_the_owner_only_where_it_does(form: FormGroup, owner: str) -> None:
    assert of_form(form) == owner


def test_factoring_companies_by_the_whole_name_only() -> None:
    assert collects("ARBETSHANDELSBANKEN FINANS AB", "SE") is False
    assert collects("Handelsbanken Finans AB (publ)", "SE") is True
    assert collects("Handelsbanken Finans AB", "GB") is False


def test_the_address_of_a_payee_who_only_collects_places_nothing() -> None:
    payee = {"name": "Canary Factoring AB", "is_person": False, "number": "5599000014", "scheme": "SE-ON",
             "postcode": "99012", "legal_form": None}  # fmt: skip
    entry = {"name": "Canary Factoring AB", "country": "SE", "place": "9901", "postcode": "99012"}
    batch = BatchRef("b", Path(), Anchor("a", "A", "SE", "9901"), "SEK")
    postcodes = {("SE", "99012"): "9901"}
    for collecting, place in ((None, "9901"), ("1", None)):
        match = ("number", entry | {"collects": collecting})
        row = describe(1, "SE-ON-5599000014", payee, "SE", match)
        assert (row["place"], by_postcode(payee, match, batch, postcodes)) == (place, place)
        assert row["country"] == (None if collecting else "SE")
        assert row["ownership"] == "unknown"
