"""Change explained from the store: what stayed in one year against another, for each anchor, to the minor unit.

Local may mean any of `LOCAL`: a level of places that the seat lies in, or another way of `kvar.spending.definitions`.
Where suppliers work and where their staff live is known for one day only: the same places count in both years.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow.parquet as pq

from kvar.core.errors import KvarError
from kvar.core.period import year_of
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.definitions import DEFINITIONS, HEADLINE, prepare, seen_at, without
from kvar.spending.facts import connect, currency_of
from kvar.spending.figure import Level, Question
from kvar.spending.indicators.change import Effects, State, by_anchor, explain
from kvar.spending.rows import PARTS, Parts

LEVELS: Mapping[str, Level] = {"district": "district", "municipality": "municipality", "region": "region"}  # of seats
LOCAL = (*LEVELS, *(name for name, one in DEFINITIONS.items() if one.way != HEADLINE))


@dataclass(frozen=True, slots=True)
class Asked:
    """Two years, and what local means in each (of LOCAL)."""

    first: int
    last: int
    local: str = "municipality"
    local_last: str = "municipality"


@dataclass(frozen=True, slots=True)
class Measure:
    """How the money is placed, and within what it is local."""

    way: str
    level: Level

    @property
    def near(self) -> list[str]:
        """The parts that count as local."""
        return [part for part in PARTS if Parts.of({part: 1}).up_to(self.level)]


@dataclass(frozen=True, slots=True)
class Turnover:
    """Suppliers known to be local in one or both years: how many, and what their part of the change is."""

    group: str  # new, gone, more, less
    suppliers: int
    amount: int


@dataclass(frozen=True, slots=True)
class Explained:
    """The change, in minor units: `effects` and `anchors` sum to it exactly, as do `kinds` and `turnover`.

    `low` … `high`: where the true change may lie, were what cannot be placed local in one year and not in the other.
    `months` counts the months with payments of each anchor in the two years.
    """

    asked: Asked
    currency: str
    before: Mapping[str, State]
    after: Mapping[str, State]
    effects: Effects
    anchors: Mapping[str, Effects]
    kinds: tuple[tuple[str, int, int], ...]
    turnover: tuple[Turnover, ...]
    months: Mapping[str, tuple[int, int]]

    @property
    def stayed(self) -> tuple[int, int]:
        """What is known to have stayed in the two years."""
        return _sum(self.before, "local"), _sum(self.after, "local")

    @property
    def unplaced(self) -> tuple[int, int]:
        """What could not be placed in the two years."""
        one, two = (_sum(p, "base") - _sum(p, "placed") for p in (self.before, self.after))
        return one, two

    @property
    def interval(self) -> tuple[int, int]:
        """The least and the most the change may be."""
        one, two = self.unplaced
        return self.effects.total - max(one, 0), self.effects.total + max(two, 0)

    @property
    def uneven(self) -> tuple[str, ...]:
        """Anchors with payments in a different number of months: their volumes cannot be compared as they stand."""
        return tuple(name for name, (one, two) in self.months.items() if one and two and one != two)


def explained(
    store: Store, batches: Sequence[BatchRef], question: Question, asked: Asked, *, gazetteer: Gazetteer
) -> Explained:
    """The change between two years; `spending.change.years` unless both have purchases and differ.

    `question` gives the place and the anchors; its months are those of the two years.
    """
    chosen = [b for b in batches if not question.anchors or b.anchor.slug in question.anchors]
    currency = currency_of(chosen, question)
    with connect(store, chosen, question, gazetteer) as link:
        prepare(link, store, question)
        return compared(link, question, asked, currency=currency, months=_months(chosen, asked))


def compared(
    link: duckdb.DuckDBPyConnection,
    question: Question,
    asked: Asked,
    *,
    currency: str,
    months: Mapping[str, tuple[int, int]],
) -> Explained:
    """The same from a database with the relation `placed` of `kvar.spending.local`."""
    one, two = (measure(name, question) for name in (asked.local, asked.local_last))
    before, after = _states(link, asked.first, one), _states(link, asked.last, two)
    if asked.first >= asked.last or not before or not after:
        raise KvarError("spending.change.years", first=asked.first, last=asked.last)
    as_before = after if one == two else _states(link, asked.last, one)
    values = {"first": asked.first, "last": asked.last, "way": one.way, "near": one.near,
              "way_last": two.way, "near_last": two.near}  # fmt: skip
    return Explained(
        asked,
        currency,
        before,
        after,
        effects=explain(before, after, after_as_before=as_before),
        anchors=by_anchor(before, after, after_as_before=as_before),
        kinds=_kinds(link, values),
        turnover=_turnover(link, values),
        months=months,
    )


def choices(store: Store, question: Question) -> tuple[str, ...]:
    """Of LOCAL, what can be asked: a district's seat when one is asked for; the ways whose register is loaded."""
    missing = without(store)
    levels = tuple(name for name in LEVELS if name != "district" or question.district)
    return levels + tuple(name for name in LOCAL if name not in LEVELS and DEFINITIONS[name].needs not in missing)


def measure(name: str, question: Question) -> Measure:
    """What one of LOCAL is; another way than the seat is local to the district where one is asked for."""
    if name in LEVELS:
        return Measure(HEADLINE, LEVELS[name])
    return Measure(DEFINITIONS[name].way, seen_at(DEFINITIONS[name], question))


def _states(link: duckdb.DuckDBPyConnection, year: int, by: Measure) -> dict[str, State]:
    """Each anchor's purchases of a year: all, placed, and local."""
    found: dict[str, dict[str, int]] = {}
    for anchor, level, amount in link.execute(
        "select a.slug, p.level, sum(p.amount)::bigint from placed p join anchors a on a.anchor = p.anchor "
        "where p.year = ? and p.way = ? group by all",
        [year, by.way],
    ).fetchall():
        found.setdefault(anchor, {})[level] = amount
    parts = {anchor: Parts.of(levels) for anchor, levels in found.items()}
    return {name: State(p.base, p.base - p.unknown_at(by.level), p.up_to(by.level)) for name, p in parts.items()}


def _sum(period: Mapping[str, State], name: str) -> int:
    return sum(getattr(state, name) for state in period.values())


_STAYED = """
coalesce(sum(case when p.year = $first and p.way = $way and list_contains($near, p.level)
                  then p.amount end), 0)::bigint as one,
coalesce(sum(case when p.year = $last and p.way = $way_last and list_contains($near_last, p.level)
                  then p.amount end), 0)::bigint as two
"""
_ASKED = "where (p.year = $first and p.way = $way) or (p.year = $last and p.way = $way_last)"


def _kinds(link: duckdb.DuckDBPyConnection, values: Mapping[str, object]) -> tuple[tuple[str, int, int], ...]:
    """What stayed of each kind in the two years, the largest change first."""
    rows = link.execute(
        f"select k.category, {_STAYED} from placed p join kinds k on k.kind = p.kind {_ASKED} "  # noqa: S608 - constants
        "group by 1 having one <> 0 or two <> 0 order by abs(two - one) desc, 1",
        values,
    ).fetchall()
    return tuple((str(name), one, two) for name, one, two in rows)


def _turnover(link: duckdb.DuckDBPyConnection, values: Mapping[str, object]) -> tuple[Turnover, ...]:
    rows = link.execute(
        f"with each as (select p.supplier, {_STAYED} from placed p {_ASKED} group by p.supplier) "  # noqa: S608 - constants
        "select case when one <= 0 and two > 0 then 'new' when one > 0 and two <= 0 then 'gone' "
        "when two >= one then 'more' else 'less' end as part, count(*), sum(two - one)::bigint "
        "from each where one <> 0 or two <> 0 group by part",
        values,
    ).fetchall()
    found = {row[0]: Turnover(*row) for row in rows}
    return tuple(found.get(group, Turnover(group, 0, 0)) for group in ("new", "more", "less", "gone"))


def _months(batches: Sequence[BatchRef], asked: Asked) -> dict[str, tuple[int, int]]:
    found: dict[str, set[int]] = {}
    for batch in batches:
        months = pq.read_table(batch.folder / "rollup.parquet", columns=["month"])["month"].unique()
        found.setdefault(batch.anchor.slug, set()).update(months.to_pylist())
    return {slug: (_of(months, asked.first), _of(months, asked.last)) for slug, months in sorted(found.items())}


def _of(months: set[int], year: int) -> int:
    return sum(year_of(month) == year for month in months)
