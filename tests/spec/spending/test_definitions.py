"""Local under every definition: small tables in, minor units out; what must hold for any of them."""

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.core.money import split
from kvar.spending import local
from kvar.spending.definitions import DEFINITIONS, parts_of
from kvar.spending.spark import transpiled
from kvar.suppliers.workplaces import PLACES

NEAR = {"here": "municipality", "next": "region", "far": "country", "vague": "home_country"}
LEVELS = ("municipality", "region", "country", "abroad", "home_country", "unresolved")
Firm = tuple[str, int, bool, list[tuple[str | None, int | None]]]  # seat level, öre, collects, (place, weight)


def placed(firms: list[Firm]) -> list[tuple[str, str, str | None, int, int]]:
    """Rows of GROUPED for some suppliers; the same places serve as workplaces and as homes of the staff."""
    suppliers = [{"supplier": n, "firm": f"F{n}", "collects": firm[2]} for n, firm in enumerate(firms)]
    bought = [{"supplier": n, "level": firm[0], "amount": firm[1]} for n, firm in enumerate(firms)]
    spots = [
        {"firm": f"F{n}", "place": place, "district": None, "weight": weight, "register": "x"}
        for n, firm in enumerate(firms)
        for place, weight in firm[3]
    ]
    text, number = pa.string(), pa.int64()
    with duckdb.connect() as link:
        link.register("suppliers", pa.Table.from_pylist(
            suppliers, pa.schema([("supplier", number), ("firm", text), ("collects", pa.bool_())])))  # fmt: skip
        link.register("bought", pa.Table.from_pylist(
            bought, pa.schema([("supplier", number), ("level", text), ("amount", number)])))  # fmt: skip
        link.register("nearness", pa.table({"place": list(NEAR), "nearness": list(NEAR.values())}))
        for name in ("workplaces", "residents"):
            link.register(name, pa.Table.from_pylist(spots, PLACES))
        for name, sql in local.DERIVED.items():
            link.execute(f"create table {name} as {sql}")
        return link.execute(local.GROUPED).fetchall()


def interval(rows: list[tuple[str, str, str | None, int, int]], name: str) -> tuple[int, int, int]:
    """Known local, known + unresolved, and all, under a definition."""
    one = DEFINITIONS[name]
    parts = parts_of([(level, why, amount) for way, level, why, amount, _ in rows if way == one.way])
    return parts.up_to(one.level), parts.up_to(one.level) + parts.unknown_at(one.level), parts.base


TABLE = """
seat         | places                  | seat      | any_workplace | workplace_weighted | region
municipality | here 2                  | 1000 1000 | 1000 1000     | 1000 1000          | 1000 1000
municipality | far 2                   | 1000 1000 | 1000 1000     | 0 0                | 1000 1000
country      | here 2, far 4           | 0 0       | 1000 1000     | 333 333            | 0 0
country      | here 1, far 1, next 1   | 0 0       | 1000 1000     | 333 333            | 0 0
country      | here ?                  | 0 0       | 1000 1000     | 1000 1000          | 0 0
country      | here ?, far 4           | 0 0       | 1000 1000     | 0 1000             | 0 0
country      | far 4                   | 0 0       | 0 0           | 0 0                | 0 0
country      |                         | 0 0       | 0 1000        | 0 1000             | 0 0
region       | next 1                  | 0 0       | 0 0           | 0 0                | 1000 1000
abroad       |                         | 0 0       | 0 0           | 0 0                | 0 0
abroad       | here 1, far 1           | 0 0       | 1000 1000     | 500 500            | 0 0
unresolved   |                         | 0 1000    | 0 1000        | 0 1000             | 0 1000
unresolved   | far 1                   | 0 1000    | 0 1000        | 0 0                | 0 1000
home_country | here 0, far 0           | 0 1000    | 1000 1000     | 0 1000             | 0 1000
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines()[1:])
def test_one_supplier_of_a_thousand(line: str) -> None:
    seat, places, *expected = (cell.strip() for cell in line.split("|"))
    spots = [part.split() for part in places.split(",")] if places else []
    firm: Firm = (seat, 1000, False, [(place, None if n == "?" else int(n)) for place, n in spots])
    rows = placed([firm])
    names = ("seat", "any_workplace", "workplace_weighted", "region")
    assert [interval(rows, name)[:2] for name in names] == [tuple(map(int, cell.split())) for cell in expected]


def test_a_payee_who_only_collects_cannot_be_told_whatever_its_workplaces() -> None:
    rows = placed([("unresolved", 1000, True, [("here", 4)])])
    for name in DEFINITIONS:
        assert interval(rows, name) == (0, 1000, 1000), name
    assert {why for _, _, why, _, _ in rows} == {"collects"}


FIRMS = st.lists(
    st.tuples(
        st.sampled_from(LEVELS),
        st.integers(-(10**13), 10**13),
        st.just(False),
        st.lists(
            st.tuples(st.sampled_from([*NEAR, None]), st.none() | st.integers(0, 10**6)), max_size=5,
            unique_by=lambda spot: spot[0],
        ),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(FIRMS)
def test_every_way_sums_to_all_the_money(firms: list[Firm]) -> None:
    rows = placed(firms)
    assert all(interval(rows, name)[2] == sum(firm[1] for firm in firms) for name in DEFINITIONS)


@settings(max_examples=25, deadline=None)
@given(FIRMS)
def test_seat_lies_within_any_workplace_and_region_and_weighted_within_any(firms: list[Firm]) -> None:
    """Where no supplier's credits exceed its purchases, both ends of the interval nest."""
    rows = placed([(seat, abs(amount), collects, spots) for seat, amount, collects, spots in firms])
    wide = interval(rows, "any_workplace")
    for name in ("seat", "workplace_weighted"):
        low, high, _ = interval(rows, name)
        assert low <= wide[0], name
        assert high <= wide[1], name
    assert interval(rows, "seat")[0] <= interval(rows, "region")[0]
    assert interval(rows, "seat")[1] <= interval(rows, "region")[1]


@settings(max_examples=25, deadline=None)
@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**6), min_size=3, max_size=3))
def test_the_split_in_sql_is_the_split_of_core(amount: int, weights: list[int]) -> None:
    """Largest remainder; ties go to the level first in the alphabet."""
    order = ("far", "here", "next")  # country, municipality, region
    rows = placed([("abroad", amount, False, list(zip(order, weights, strict=True)))])
    found = {level: part for way, level, _, part, _ in rows if way == "workplace_weighted"}
    if sum(weights):
        expected = dict(zip((NEAR[place] for place in order), split(amount, weights), strict=True))
        assert found == expected
    else:
        assert found == {"home_country": amount}


def test_every_definition_tells_what_it_is() -> None:
    assert next(iter(DEFINITIONS)) == "seat"
    for one in DEFINITIONS.values():
        assert len(one.text) > 100
        assert one.version


def test_the_relations_are_written_for_spark_too() -> None:
    for sql in (*local.DERIVED.values(), local.GROUPED):
        assert "::" not in transpiled(sql)
        assert "//" not in transpiled(sql)
