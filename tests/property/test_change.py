"""Change explained under every definition of local: whatever was bought from whomever, the effects sum to the öre."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.core.errors import KvarError
from kvar.spending import engine
from kvar.spending.definitions import derive
from kvar.spending.explained import LOCAL, Asked, Explained, compared
from kvar.spending.figure import Question
from kvar.suppliers.workplaces import PLACES

FIRST, LAST = 2023, 2024
INSIDE = ("district", "municipality", "home_municipality")
NEAR = {"here": "municipality", "next": "region", "far": "country", "vague": "home_country"}
SEATS = ("district", "municipality", "home_municipality", "region", "country", "abroad", "home_country", "unresolved")
Spot = tuple[str, str | None, int | None]  # municipality, district, weight
Buy = tuple[int, int, int, int, int]  # anchor, supplier, kind, year, öre
SPOTS = st.lists(
    st.tuples(st.sampled_from(list(NEAR)), st.sampled_from(["d1", "d2", None]), st.none() | st.integers(0, 10**4)),
    max_size=4, unique_by=lambda spot: spot[:2],
)  # fmt: skip
FIRMS = st.lists(st.tuples(st.sampled_from(SEATS), st.booleans(), SPOTS), min_size=4, max_size=4)
BOUGHT = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 3), st.integers(0, 2), st.sampled_from([FIRST, LAST]),
              st.integers(-(10**9), 10**11)),
    min_size=2, max_size=20,
)  # fmt: skip


@contextmanager
def database(
    firms: list[tuple[str, bool, list[Spot]]], bought: list[Buy], district: str
) -> Iterator[duckdb.DuckDBPyConnection]:
    with engine.database() as link:
        fill(link, firms, bought, district)
        derive(link, district)
        yield link


def fill(
    link: duckdb.DuckDBPyConnection, firms: list[tuple[str, bool, list[Spot]]], bought: list[Buy], district: str
) -> None:
    number, text = pa.int64(), pa.string()
    names = ("anchor", "supplier", "kind", "year", "amount")
    rows = {
        "purchases": [dict(zip(names, row, strict=True)) for row in bought],
        "near": [{"supplier": n, "level": seat if district or seat not in INSIDE else "municipality"}
                 for n, (seat, _, _) in enumerate(firms)],
        "anchors": [{"anchor": n, "slug": f"a{n}"} for n in range(2)],
        "kinds": [{"kind": n, "category": f"k{n}"} for n in range(3)],
        "nearness": [{"place": place, "nearness": level} for place, level in NEAR.items()],
    }  # fmt: skip
    for name, found in rows.items():
        link.register(name, pa.Table.from_pylist(found))
    kept = pa.schema([("supplier", number), ("firm", text), ("collects", pa.bool_()), ("is_person", pa.bool_())])
    suppliers = [{"supplier": n, "firm": f"F{n}", "collects": collects, "is_person": False}
                 for n, (_, collects, _) in enumerate(firms)]  # fmt: skip
    link.register("suppliers", pa.Table.from_pylist(suppliers, kept))
    spots = [
        {"firm": f"F{n}", "place": place, "district": inside if place == "here" else None, "weight": weight,
         "register": "x"}
        for n, (_, _, found) in enumerate(firms) for place, inside, weight in found
    ]  # fmt: skip
    for name in ("workplaces", "residents"):
        link.register(name, pa.Table.from_pylist(spots, PLACES))


@settings(max_examples=60, deadline=None)
@given(FIRMS, BOUGHT, st.sampled_from(LOCAL), st.sampled_from(LOCAL), st.booleans())
def test_effects_anchors_kinds_and_suppliers_are_the_whole_change(
    firms: list[tuple[str, bool, list[Spot]]], bought: list[Buy], one: str, two: str, lens: bool
) -> None:
    district = "d1" if lens else ""
    question = Question("here", 202301, 202412, district=district or None)
    with database(firms, bought, district) as link:
        found = _asked(link, question, Asked(FIRST, LAST, one, two))
        if found is None:
            assert len({row[3] for row in bought}) == 1
            return
    change = found.stayed[1] - found.stayed[0]
    assert found.effects.total == change
    assert sum(effects.total for effects in found.anchors.values()) == change
    assert sum(two - one for _, one, two in found.kinds) == change
    assert sum(row.amount for row in found.turnover) == change
    for period, year in ((found.before, FIRST), (found.after, LAST)):
        assert sum(state.base for state in period.values()) == sum(row[4] for row in bought if row[3] == year)


def _asked(link: duckdb.DuckDBPyConnection, question: Question, asked: Asked) -> Explained | None:
    """None where one of the years has no purchases."""
    with suppress(KvarError):
        return compared(link, question, asked, currency="SEK", months={})
    return None
