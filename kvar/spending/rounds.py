"""The local multiplier from the store: what was bought, what went to suppliers here, and what those spent here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import duckdb

from kvar.core.errors import KvarError
from kvar.core.numbers import read_number
from kvar.core.period import month
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.facts import connect
from kvar.spending.figure import LEVELS, Level, Question
from kvar.spending.indicators.multiplier import Multiplier, bounded
from kvar.spending.respent import Paid, Respent, respent
from kvar.spending.rows import Parts
from kvar.spending.surveys import Survey, survey_of


@dataclass(frozen=True, slots=True)
class Observed:
    """A supplier whose own ledger is in the system: what the others paid it, and where its own purchases went."""

    anchor: str
    received: int
    bought: int
    local: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Rounds:
    """Round 1 (all purchases), round 2 (known local … at most), and round 3 where suppliers have answered.

    Minor units. `industries`: purchases from local suppliers by industry code (None: unknown).
    """

    year: int
    currency: str
    first: int
    second: tuple[int, int]
    local: Respent | None
    others: Respent | None
    multiplier: Multiplier | None
    observed: tuple[Observed, ...]
    industries: Mapping[str | None, int]

    @property
    def third(self) -> tuple[int, int, int] | None:
        """Round 3: as those who answered, at least, and at most; None without answers to show."""
        found = self.multiplier
        if found is None:
            return None
        whole = 1 + Fraction(self.second[0], self.first)
        most = 1 + Fraction(self.second[1], self.first)
        return (
            round((found.value - whole) * self.first),
            round((found.low - whole) * self.first),
            round((found.high - most) * self.first),
        )


def rounds(
    store: Store,
    batches: Sequence[BatchRef],
    place: str,
    year: int,
    *,
    gazetteer: Gazetteer,
    district: str | None = None,
) -> Rounds:
    """The rounds of one year for all anchors of a place; `spending.no_batches`, `spending.base_not_positive`.

    The survey is the newest that is not after the year, else the first after it. Of a district only the first two
    rounds can be told: suppliers are asked what they spend in the municipality.
    """
    survey, level = survey_of(store, place), _level(district)
    asked = None if district else _survey_year(survey, year)
    with connect(store, batches, _question(place, year, asked, district), gazetteer) as link:
        paid = _paid(link, year)
        before = paid if asked in (None, year) else _paid(link, asked)
        observed = _observed(link, batches, year, level)
    parts = _parts(paid)
    if parts.base <= 0:
        raise KvarError("spending.base_not_positive")
    known = parts.up_to(level)
    groups = [respent(survey, asked, before, local=local) if asked else None for local in (True, False)]
    industries: dict[str | None, int] = {}
    for row in paid:
        if row.level in LEVELS[: LEVELS.index(level) + 1] and row.amount > 0:
            industries[row.industry] = industries.get(row.industry, 0) + row.amount
    second = (known, known + parts.unknown_at(level))
    return Rounds(year, batches[0].currency, parts.base, second, groups[0], groups[1],
                  _multiplier(parts.base, second, groups[0]), observed, industries)  # fmt: skip


def _multiplier(first: int, second: tuple[int, int], group: Respent | None) -> Multiplier | None:
    if group is None or group.share is None or not 0 < second[0] <= second[1] <= first:
        return None
    return bounded(first, second, group.share, group.coverage)


def _survey_year(survey: Survey, year: int) -> int | None:
    years = sorted({reply.year for reply in survey.public})
    return max((y for y in years if y <= year), default=min(years, default=None))


def _level(district: str | None) -> Level:
    return "district" if district else "municipality"


def _question(place: str, year: int, asked: int | None, district: str | None) -> Question:
    years = (year, asked or year)
    return Question(place, month(min(years), 1), month(max(years), 12), district=district)


def _paid(link: duckdb.DuckDBPyConnection, year: int | None) -> list[Paid]:
    rows = link.execute(
        "select s.number, n.level, s.industry, sum(y.amount)::bigint from yearly y "
        "join suppliers s on s.supplier = y.supplier join near n on n.supplier = y.supplier "
        "where y.year = ? group by y.supplier, s.number, n.level, s.industry",
        [year],
    ).fetchall()
    return [Paid(*row) for row in rows]


def _parts(paid: Sequence[Paid]) -> Parts:
    amounts: dict[str, int] = {}
    for row in paid:
        amounts[row.level] = amounts.get(row.level, 0) + row.amount
    return Parts.of(amounts)


def _observed(
    link: duckdb.DuckDBPyConnection, batches: Sequence[BatchRef], year: int, level: Level
) -> tuple[Observed, ...]:
    """Anchors that other anchors buy from, found by organisation number."""
    found = []
    for slug, number in sorted({(b.anchor.slug, _number(b)) for b in batches}, key=lambda pair: pair[0]):
        if number is None:
            continue
        (received,) = link.execute(
            "select coalesce(sum(y.amount), 0)::bigint from yearly y join suppliers s on s.supplier = y.supplier "
            "join anchors a on a.anchor = y.anchor where y.year = ? and s.number = ? and a.slug <> ?",
            [year, number, slug],
        ).fetchone() or (0,)
        own = dict(
            link.execute(
                "select n.level, sum(y.amount)::bigint from yearly y join near n on n.supplier = y.supplier "
                "join anchors a on a.anchor = y.anchor where y.year = ? and a.slug = ? group by 1",
                [year, slug],
            ).fetchall()
        )
        parts = Parts.of(own)
        if received > 0 and parts.base > 0:
            local, unplaced = parts.up_to(level), parts.unknown_at(level)
            found.append(Observed(slug, received, parts.base, local, unplaced))
    return tuple(found)


def _number(batch: BatchRef) -> str | None:
    given = read_number(batch.anchor.org_number or "", batch.anchor.country)
    return given.number if given else None
