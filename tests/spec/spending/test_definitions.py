"""Local under every definition: small tables in, minor units out; what must hold for any of them."""

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.core.money import split
from kvar.spending import local
from kvar.spending.definitions import DEFINITIONS, derive, parts_of, seen_at
from kvar.spending.figure import Question
from kvar.spending.spark import transpiled
from kvar.suppliers.workplaces import PLACES

NEAR = {"here": "municipality", "next": "region", "far": "country", "vague": "home_country"}
LEVELS = ("municipality", "region", "country", "abroad", "home_country", "unresolved")
Firm = tuple[str, int, bool, list[tuple[str | None, int | None]]]  # seat level, öre, collects, (place, weight)


def placed(firms: list[Firm], district: str = "") -> list[tuple[str, str, str | None, int, int]]:
    """Rows of GROUPED for some suppliers; the same places serve as workplaces and as homes of the staff.

    A seat or a place "here/d1" is in district d1 of the municipality.
    """
    suppliers = [{"supplier": n, "firm": f"F{n}", "collects": f[2], "is_person": False} for n, f in enumerate(firms)]
    near = [{"supplier": n, "level": seen(firm[0], district)} for n, firm in enumerate(firms)]
    bought = [
        {"anchor": 0, "supplier": n, "kind": 0, "year": 2024, "amount": firm[1]} for n, firm in enumerate(firms)
    ]
    spots = [
        {"firm": f"F{n}", **spot(place), "weight": weight, "register": "x"}
        for n, firm in enumerate(firms)
        for place, weight in firm[3]
    ]
    text, number = pa.string(), pa.int64()
    with duckdb.connect() as link:
        traits = [("firm", text), ("collects", pa.bool_()), ("is_person", pa.bool_())]
        schema = pa.schema([("supplier", number), *traits])
        link.register("suppliers", pa.Table.from_pylist(suppliers, schema))
        link.register("near", pa.Table.from_pylist(near, pa.schema([("supplier", number), ("level", text)])))
        columns = [(name, number) for name in ("anchor", "supplier", "kind", "year", "amount")]
        link.register("purchases", pa.Table.from_pylist(bought, pa.schema(columns)))
        link.register("nearness", pa.table({"place": list(NEAR), "nearness": list(NEAR.values())}))
        for name in ("workplaces", "residents"):
            link.register(name, pa.Table.from_pylist(spots, PLACES))
        derive(link, district)
        return link.execute(local.GROUPED).fetchall()


def spot(place: str | None) -> dict[str, str | None]:
    """Municipality and district of here/d1."""
    town, _, inside = (place or "").partition("/")
    return {"place": town or None, "district": inside or None}


def seen(level: str, district: str) -> str:
    """A seat's level from a district: here/d1 is the district, here/d2 the rest, here is not known where."""
    if not level.startswith("municipality"):
        return level
    if not district:
        return "municipality"
    inside = level.partition("/")[2]
    return "home_municipality" if not inside else "district" if inside == district else "municipality"


def interval(
    rows: list[tuple[str, str, str | None, int, int]], name: str, district: str = ""
) -> tuple[int, int, int]:
    """Known local, known + unresolved, and all, under a definition."""
    one = DEFINITIONS[name]
    level = seen_at(one, Question("", 0, 0, district=district or None))
    parts = parts_of([(level, why, amount) for way, level, why, amount, _ in rows if way == one.way])
    return parts.up_to(level), parts.up_to(level) + parts.unknown_at(level), parts.base


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


DISTRICT = """
seat            | places                | seat      | any_workplace | workplace_weighted | region
municipality/d1 | here/d1 2             | 1000 1000 | 1000 1000     | 1000 1000          | 1000 1000
municipality/d2 | here/d2 2             | 0 0       | 0 0           | 0 0                | 1000 1000
municipality/d2 | here/d1 1, here/d2 3  | 0 0       | 1000 1000     | 250 250            | 1000 1000
municipality/d2 | here/d1 ?, here/d2 3  | 0 0       | 1000 1000     | 0 1000             | 1000 1000
municipality    | here 2                | 0 1000    | 0 1000        | 0 1000             | 1000 1000
municipality/d2 | here/d2 1, here 1     | 0 0       | 0 1000        | 0 500              | 1000 1000
municipality/d2 | vague 1               | 0 0       | 0 1000        | 0 1000             | 1000 1000
municipality/d2 |                       | 0 0       | 0 1000        | 0 1000             | 1000 1000
country         | here/d1 1, far 1      | 0 0       | 1000 1000     | 500 500            | 0 0
country         | here 1, far 1         | 0 0       | 0 1000        | 0 500              | 0 0
abroad          |                       | 0 0       | 0 0           | 0 0                | 0 0
"""


@pytest.mark.parametrize("line", DISTRICT.strip().splitlines()[1:])
def test_one_supplier_of_a_thousand_seen_from_a_district(line: str) -> None:
    seat, places, *expected = (cell.strip() for cell in line.split("|"))
    spots = [part.split() for part in places.split(",")] if places else []
    firm: Firm = (seat, 1000, False, [(place, None if n == "?" else int(n)) for place, n in spots])
    rows = placed([firm], "d1")
    names = ("seat", "any_workplace", "workplace_weighted", "region")
    assert [interval(rows, name, "d1")[:2] for name in names] == [tuple(map(int, cell.split())) for cell in expected]


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


IN_TOWN = st.lists(
    st.tuples(
        st.sampled_from([*LEVELS, "municipality/d1", "municipality/d2"]),
        st.integers(0, 10**13),
        st.booleans(),
        st.lists(
            st.tuples(st.sampled_from([*NEAR, "here/d1", "here/d2"]), st.none() | st.integers(0, 10**6)), max_size=5,
            unique_by=lambda spot: spot[0],
        ),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(IN_TOWN)
def test_districts_sum_to_the_municipality(firms: list[Firm]) -> None:
    """To the öre: each is known in one district, or in the municipality and not known where; never in two."""
    whole, seen_from = placed(firms), {name: placed(firms, name) for name in ("d1", "d2")}
    for name in ("seat", "workplace_weighted", "staff"):
        low, high, base = interval(whole, name)
        parts = [interval(rows, name, district) for district, rows in seen_from.items()]
        assert sum(part[0] for part in parts) <= low
        assert low <= sum(part[1] for part in parts)
        assert all(part[2] == base and part[1] <= high for part in parts)
    for way in ("seat", "any_workplace", "workplace_weighted", "staff"):
        for rows in seen_from.values():
            parts = parts_of([(level, why, amount) for w, level, why, amount, _ in rows if w == way])
            told = parts_of([(level, why, amount) for w, level, why, amount, _ in whole if w == way])
            assert parts.up_to("municipality") == told.up_to("municipality"), way
            assert parts.unknown_at("municipality") == told.unknown_at("municipality"), way


def test_every_definition_tells_what_it_is() -> None:
    assert next(iter(DEFINITIONS)) == "seat"
    for one in DEFINITIONS.values():
        assert len(one.text) > 100
        assert one.version


def test_the_relations_are_written_for_spark_too() -> None:
    for sql in (*local.DERIVED.values(), local.GROUPED):
        assert "::" not in transpiled(sql)
        assert "//" not in transpiled(sql)
