"""Local under every definition: small tables in, minor units out; what must hold for any of them."""

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.core.money import split
from kvar.spending import engine, local
from kvar.spending.definitions import DEFINITIONS, derive, parts_of, seen_at
from kvar.spending.figure import Question
from kvar.spending.rows import Parts
from kvar.spending.spark import transpiled
from kvar.suppliers.workplaces import PLACES

NEAR = {"here": "municipality", "next": "region", "far": "country", "vague": "home_country"}
LEVELS = ("municipality", "region", "country", "abroad", "home_country", "unresolved")
Firm = tuple[str, int, bool, list[tuple[str | None, int | None]]]  # seat level, öre, collects, (place, weight)
Row = tuple[str, str, str | None, int, int]  # way, level, why, öre, suppliers
EACH = local.GROUPED.replace("select way", "select anchor, way").replace("group by way", "group by anchor, way")


def placed(firms: list[Firm], district: str = "") -> list[Row]:
    """Rows of GROUPED for some suppliers; the same places serve as workplaces and as homes of the staff.

    A seat or a place "here/d1" is in district d1 of the municipality.
    """
    with engine.database() as link:
        register([firms], link, district)
        return link.execute(local.GROUPED).fetchall()


def placed_each(towns: list[list[Firm]], district: str = "") -> list[list[Row]]:
    """The same for several sets of suppliers that know nothing of each other, each with an anchor, asked at once."""
    found: list[list[Row]] = [[] for _ in towns]
    with engine.database() as link:
        register(towns, link, district)
        for anchor, *row in link.execute(EACH).fetchall():
            found[anchor].append(tuple(row))  # type: ignore[arg-type]
    return found


def register(towns: list[list[Firm]], link: duckdb.DuckDBPyConnection, district: str) -> None:
    """The relation `placed` of towns, anchor 0 and on."""
    every = [(anchor, firm) for anchor, firms in enumerate(towns) for firm in firms]
    suppliers = [
        {"supplier": n, "firm": f"F{n}", "collects": f[2], "is_person": False} for n, (_, f) in enumerate(every)
    ]
    near = [{"supplier": n, "level": seen(f[0], district)} for n, (_, f) in enumerate(every)]
    bought = [
        {"anchor": anchor, "supplier": n, "kind": 0, "year": 2024, "amount": f[1]}
        for n, (anchor, f) in enumerate(every)
    ]
    spots = [
        {"firm": f"F{n}", **spot(place), "weight": weight, "register": "x"}
        for n, (_, f) in enumerate(every)
        for place, weight in f[3]
    ]
    text, number = pa.string(), pa.int64()
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


def interval(rows: list[Row], name: str, district: str = "") -> tuple[int, int, int]:
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


SEVERAL = {"min_size": 5, "max_size": 5}  # DuckDB plans as long for one town as for five


@settings(max_examples=10, deadline=None)
@given(st.lists(FIRMS, **SEVERAL))
def test_every_way_sums_to_all_the_money(towns: list[list[Firm]]) -> None:
    for firms, rows in zip(towns, placed_each(towns), strict=True):
        assert all(interval(rows, name)[2] == sum(firm[1] for firm in firms) for name in DEFINITIONS)


@settings(max_examples=10, deadline=None)
@given(st.lists(FIRMS, **SEVERAL))
def test_seat_lies_within_any_workplace_and_region_and_weighted_within_any(towns: list[list[Firm]]) -> None:
    """Where no supplier's credits exceed its purchases, both ends of the interval nest."""
    paid = [[(seat, abs(amount), collects, spots) for seat, amount, collects, spots in firms] for firms in towns]
    for rows in placed_each(paid):
        wide = interval(rows, "any_workplace")
        for name in ("seat", "workplace_weighted"):
            low, high, _ = interval(rows, name)
            assert low <= wide[0], name
            assert high <= wide[1], name
        assert interval(rows, "seat")[0] <= interval(rows, "region")[0]
        assert interval(rows, "seat")[1] <= interval(rows, "region")[1]


SPLIT = st.tuples(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**6), min_size=3, max_size=3))


@settings(max_examples=10, deadline=None)
@given(st.lists(SPLIT, **SEVERAL))
def test_the_split_in_sql_is_the_split_of_core(asked: list[tuple[int, list[int]]]) -> None:
    """Largest remainder; ties go to the level first in the alphabet."""
    order = ("far", "here", "next")  # country, municipality, region
    towns: list[list[Firm]] = [[("abroad", n, False, list(zip(order, weights, strict=True)))] for n, weights in asked]
    for (amount, weights), rows in zip(asked, placed_each(towns), strict=True):
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


@settings(max_examples=25, deadline=None)
@given(st.lists(IN_TOWN, **SEVERAL))
def test_districts_sum_to_the_municipality(towns: list[list[Firm]]) -> None:
    """To the öre: each is known in one district, or in the municipality and not known where; never in two."""
    districts = ("d1", "d2")
    for whole, *seen_from in zip(placed_each(towns), *(placed_each(towns, name) for name in districts), strict=True):
        for name in ("seat", "workplace_weighted", "staff"):
            low, high, base = interval(whole, name)
            parts = [interval(rows, name, district) for district, rows in zip(districts, seen_from, strict=True)]
            assert sum(part[0] for part in parts) <= low
            assert low <= sum(part[1] for part in parts)
            assert all(part[2] == base and part[1] <= high for part in parts)
        for way in ("seat", "any_workplace", "workplace_weighted", "staff"):
            told = way_of(whole, way)
            for rows in seen_from:
                assert way_of(rows, way).up_to("municipality") == told.up_to("municipality"), way
                assert way_of(rows, way).unknown_at("municipality") == told.unknown_at("municipality"), way


def way_of(rows: list[Row], way: str) -> Parts:
    """The parts by level of one way."""
    return parts_of([(level, why, amount) for one, level, why, amount, _ in rows if one == way])


def test_every_definition_tells_what_it_is() -> None:
    assert next(iter(DEFINITIONS)) == "seat"
    for one in DEFINITIONS.values():
        assert len(one.text) > 100
        assert one.version


def test_the_relations_are_written_for_spark_too() -> None:
    for sql in (*local.DERIVED.values(), local.GROUPED):
        assert "::" not in transpiled(sql)
        assert "//" not in transpiled(sql)
