"""Change explained from the store: what stayed in one year against another, for each anchor, to the minor unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow.parquet as pq

from kvar.core.errors import KvarError
from kvar.core.period import year_of
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.facts import connect
from kvar.spending.figure import Level, Question
from kvar.spending.indicators.change import Effects, State, by_anchor, explain
from kvar.spending.rows import PARTS, Parts

LOCAL: tuple[Level, ...] = ("district", "municipality", "region")  # what "local" may mean; a district when asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """Two years, and what local means in each (levels of LOCAL)."""

    first: int
    last: int
    local: Level = "municipality"
    local_last: Level = "municipality"


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
    currencies = sorted({batch.currency for batch in chosen})
    if len(currencies) > 1:
        raise KvarError("spending.currencies", currencies=", ".join(currencies))
    with connect(store, chosen, question, gazetteer) as link:
        parts = _parts(link, asked)
        if asked.first >= asked.last or not all(parts):
            raise KvarError("spending.change.years", first=asked.first, last=asked.last)
        return _explained(link, asked, parts, chosen)


def _explained(
    link: duckdb.DuckDBPyConnection, asked: Asked, parts: Sequence[Mapping[str, Parts]], batches: Sequence[BatchRef]
) -> Explained:
    before, after = _states(parts[0], asked.local), _states(parts[1], asked.local_last)
    compared = _states(parts[1], asked.local)
    return Explained(
        asked,
        batches[0].currency,
        before,
        after,
        effects=explain(before, after, after_as_before=compared),
        anchors=by_anchor(before, after, after_as_before=compared),
        kinds=_kinds(link, asked),
        turnover=_turnover(link, asked),
        months=_months(batches, asked),
    )


def _parts(link: duckdb.DuckDBPyConnection, asked: Asked) -> tuple[dict[str, Parts], dict[str, Parts]]:
    """Each anchor's purchases by place level, in the two years."""
    rows = link.execute(
        "select y.year, a.slug, s.level, sum(y.amount)::bigint from yearly y join near s on s.supplier = y.supplier "
        "join anchors a on a.anchor = y.anchor where y.year in ($first, $last) group by all",
        {"first": asked.first, "last": asked.last},
    ).fetchall()
    found: dict[int, dict[str, dict[str, int]]] = {asked.first: {}, asked.last: {}}
    for year, anchor, level, amount in rows:
        found[year].setdefault(anchor, {})[level] = amount
    one, two = ({anchor: Parts.of(levels) for anchor, levels in found[y].items()} for y in (asked.first, asked.last))
    return one, two


def _states(parts: Mapping[str, Parts], local: Level) -> dict[str, State]:
    return {name: State(p.base, p.base - p.unknown_at(local), p.up_to(local)) for name, p in parts.items()}


def _sum(period: Mapping[str, State], name: str) -> int:
    return sum(getattr(state, name) for state in period.values())


def _local(asked: Asked) -> dict[str, object]:
    """What `_STAYED` is asked with: the parts that count as local in each year."""
    near, near_last = (
        [part for part in PARTS if Parts.of({part: 1}).up_to(level)] for level in (asked.local, asked.local_last)
    )
    return {"first": asked.first, "last": asked.last, "near": near, "near_last": near_last}


_STAYED = """
coalesce(sum(case when year = $first and list_contains($near, level) then amount end), 0)::bigint as one,
coalesce(sum(case when year = $last and list_contains($near_last, level) then amount end), 0)::bigint as two
"""


def _kinds(link: duckdb.DuckDBPyConnection, asked: Asked) -> tuple[tuple[str, int, int], ...]:
    """What stayed of each kind in the two years, the largest change first."""
    rows = link.execute(
        f"select k.category, {_STAYED} from purchases p join near s on s.supplier = p.supplier "  # noqa: S608 - a constant
        "join kinds k on k.kind = p.kind group by 1 having one <> 0 or two <> 0 order by abs(two - one) desc, 1",
        _local(asked),
    ).fetchall()
    return tuple((str(name), one, two) for name, one, two in rows)


def _turnover(link: duckdb.DuckDBPyConnection, asked: Asked) -> tuple[Turnover, ...]:
    rows = link.execute(
        f"with each as (select y.supplier, {_STAYED} from yearly y join near s on s.supplier = y.supplier "  # noqa: S608 - a constant
        "group by y.supplier) "
        "select case when one <= 0 and two > 0 then 'new' when one > 0 and two <= 0 then 'gone' "
        "when two >= one then 'more' else 'less' end as part, count(*), sum(two - one)::bigint "
        "from each where one <> 0 or two <> 0 group by part",
        _local(asked),
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
