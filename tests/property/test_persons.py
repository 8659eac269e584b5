"""What whole columns say of persons is what is said of each cell by itself."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from kvar.core.numbers import mask
from kvar.ledger.masking import masked, may_hold
from kvar.ledger.payees import FIELDS, payee_row, payee_table
from kvar.ledger.persons import silent, told_person

PARTS = ["811228", "9874", "8112289874", "19811228-9874", "701063", "2391", "٨١١٢٢٨٩٨٧٤", "0", "1"]
GAPS = ["-", "\u2013", "\u00a0", " ", "+", "/", "", "", "x", "Å", "\u200b", "\x1c", "\v", "."]
TEXTS = st.lists(st.sampled_from(PARTS + GAPS), max_size=9).map("".join)
WORDS = [
    "Bageriet AB", "Mr", "mrs.", "MISS", "Ms", "mıss", "mi\u017f\u017f", "Frida", "Testsson", "(Mr)", "Ltd",
    "Redacted", "Enskild", "firma", "Dödsbo", "DÖDSBOET", "privatperson", "s\u212ayddad", "Skyddade uppgifter",
    "sole trader", "SOLE", "Individual", "PERSON-0123456789abcdef01234567", "811228-9874", "Name withheld",
    "Personal data", "Sekretess", "1", ",", "\u00a0", "\n",
]  # fmt: skip
NAMES = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
FORMS = st.sampled_from(["", "LTD", "SOLE", "EY", "INDV", "Enskild firma", "811228-9874"])
NUMBERS = st.sampled_from(
    ["", " ", "5599000006", "811228-9874", "KUNDAA-123", "811228-****", "GB980780684", "00445790"]
)
PAYEES = st.lists(st.tuples(NAMES, NUMBERS, NUMBERS, TEXTS, TEXTS, NAMES, FORMS), max_size=12)


@given(st.lists(TEXTS, max_size=12), st.integers(0, 3))
def test_masked_columns_are_masked_cells(texts: list[str], begin: int) -> None:
    column = pa.array(texts, pa.string())[begin:]
    assert masked(column).to_pylist() == [mask(text) for text in texts[begin:]]
    assert all(mask(text) == text for text, may in zip(texts[begin:], may_hold(column), strict=True) if not may)


@given(st.lists(NAMES, max_size=12))
def test_a_silent_name_tells_of_no_person(names: list[str]) -> None:
    bare = [name.strip() for name in names]
    for name, quiet in zip(bare, silent(pa.array(bare, pa.string())), strict=True):
        assert not quiet or told_person(name, "") is None


@given(PAYEES, st.sampled_from(["SE", "GB"]))
def test_payees_in_columns_are_payees_one_by_one(payees: list[tuple[str, ...]], country: str) -> None:
    cells = zip(*payees, strict=True) if payees else [()] * len(FIELDS)
    columns = [pa.array(column, pa.string()).dictionary_encode() for column in cells]
    found = payee_table(dict(zip(FIELDS, columns, strict=True)), country, b"k" * 32)
    assert found.to_pylist() == [payee_row(n, one, country, b"k" * 32) for n, one in enumerate(payees)]  # type: ignore[arg-type]
