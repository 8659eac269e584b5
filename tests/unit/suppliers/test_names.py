"""Names, forms and ids of suppliers."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.ledger.store import Store
from kvar.suppliers.describe import describe
from kvar.suppliers.forms import group_of_form, inferred
from kvar.suppliers.labels import build
from kvar.suppliers.names import FORM_CODES, split
from kvar.suppliers.normalise import FORMS, form_of, normalise

SAME = """
    Bageriet Ekorren AB         | bageriet ekorren
    AB Bageriet Ekorren         | bageriet ekorren
    BAGERIET EKORREN Aktiebolag | bageriet ekorren
    Bageriet Ekorren AB (publ)  | bageriet ekorren
    Åkeriet Ö & Son HB          | åkeriet ö and son
    Åkeriet Ö och Son           | åkeriet ö and son
    The Acme Co. Ltd.           | acme co
    ACME LIMITED                | acme
    Acme Ltd T/A Best Cakes     | acme
    O'Brien Plc                 | obrien
"""


@pytest.mark.parametrize("line", SAME.strip().splitlines())
def test_names(line: str) -> None:
    written, key = (part.strip() for part in line.split("|"))
    assert normalise(written) == key


WORDS = st.sampled_from(
    [*FORMS, "the", "och", "and", "&", "ek", "för", "ekorren", "bygg", "t/a", "ta", "å", "a", "b", "s", "(publ)", "é",
     "ß", "İ", "O'Brien", " ", "\t", "\x1c", "\xa0"]
)  # fmt: skip
NAMES = st.one_of(st.text(max_size=20), st.lists(WORDS, max_size=7).map(" ".join))


@settings(max_examples=500)
@given(st.lists(NAMES, max_size=6))
def test_a_column_is_read_as_each_name_and_a_key_is_its_own_key(names: list[str]) -> None:
    column = split(pa.array(names, pa.string()))
    assert column.keys().to_pylist() == [normalise(name) for name in names]
    assert [FORM_CODES[code] or None for code in column.form] == [form_of(name) for name in names]
    assert all(normalise(normalise(name)) == normalise(name) for name in names)


@pytest.mark.parametrize(
    ("form", "group"),
    [
        ("Ekonomiska föreningar", "cooperative"),
        ("Bostadsrättsföreningar", "cooperative"),
        ("Ideella föreningar", "association"),
        ("Övriga stiftelser och fonder", "foundation"),
        ("Övriga aktiebolag", "limited_company"),
        ("Private Limited Company", "limited_company"),
        ("Community Interest Company", "community_interest_company"),
        ("Fysiska personer", "sole_trader"),
        ("", "unknown"),
    ],
)
def test_forms(form: str, group: str) -> None:
    assert group_of_form(form) == group


def test_inferred_from_name_or_number() -> None:
    assert inferred("Bageriet AB", None, None) == "limited_company"
    assert inferred("Bageriet", "SE-ON", "8020001234") == "association"
    assert inferred("Bageriet", None, None) == "unknown"


def test_a_sole_trader_by_the_register_has_no_name_number_or_telling_address() -> None:
    payee = {"is_person": False, "name": "Anna Exempel", "number": "980780684", "scheme": "GB-VAT", "legal_form": ""}
    row = describe(7, "GB-VAT-980780684", payee, "GB", ("number", {"form_group": "sole_trader", "name": "A Exempel"}))
    assert (row["name"], row["number"], row["slug"], row["is_person"]) == (None, None, "x-7", True)


def test_a_type_of_several_forms_says_none() -> None:
    assert group_of_form("Business Entities (Sole Trade, Partnership, Ltd)") == "unknown"


def test_ids_are_the_same_after_another_build(town: Store) -> None:
    path = town.root / "suppliers" / "suppliers.parquet"
    before = pq.read_table(path, columns=["key", "supplier"])
    build(town, [ref for ref, _ in reversed(list(town.batches()))])
    assert pq.read_table(path, columns=["key", "supplier"]).equals(before)
