"""A whole column of numbers is read as one number at a time would be."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvar.core.numbers import read_number
from kvar.suppliers.identify import read_numbers

DIGITS = st.from_regex(r"\A(?:16|18|19|20)?[0-9]{6}-?[0-9]{4}\Z")
BRITISH = st.from_regex(r"\A(?:[A-Z]{2})?[0-9]{6,9}R?\Z")
ODD = st.sampled_from(
    ["", " ", "SE559900001401", "5599000014.0", "811228+9874", "GB980780684", "DE136695976", "０１"]
)
BORN = st.builds(
    lambda year, month, day, last: _checked(f"{year:02}{month:02}{day:02}{last:03}"),
    st.integers(0, 99), st.integers(0, 14), st.integers(0, 95), st.integers(0, 999),
)  # fmt: skip


def _checked(nine: str) -> str:
    doubled = [int(sign) * (2 - place % 2) for place, sign in enumerate(nine)]
    return nine + str(-sum(value - 9 * (value > 9) for value in doubled) % 10)


@pytest.mark.parametrize("country", ["SE", "GB"])
@given(texts=st.lists(st.one_of(DIGITS, BRITISH, ODD, BORN, st.none()), max_size=30))
def test_equal_to_one_at_a_time(country: str, texts: list[str | None]) -> None:
    found = read_numbers(pa.array(texts, pa.string()), country)
    one = [read_number(text, country) if text else None for text in texts]
    assert found.scheme.to_pylist() == [item.scheme if item else None for item in one]
    assert found.number.to_pylist() == [item.number if item else None for item in one]
    assert found.is_person.to_pylist() == [bool(item and item.is_person) for item in one]
