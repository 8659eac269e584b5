"""What local means: the one registry of definitions, each with id, version, and its docstring as the definition."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from kvar.ledger.store import Store
from kvar.spending import local
from kvar.spending.figure import Figure, Level, Question
from kvar.spending.rows import Parts
from kvar.suppliers.registers.catalogue import Kind
from kvar.suppliers.workplaces import PLACES, places

Known = Mapping[str, Sequence[tuple[str, str | None, int]]]  # way -> (level, why, minor units)
HEADLINE = "seat"
NEEDED: tuple[Kind, ...] = ("workplaces", "residents")


@dataclass(frozen=True, slots=True)
class Definition:
    """A way of being local. `way`: how the money is placed; `level`: within what it is local; `needs`: a register."""

    id: str
    version: str
    text: str
    way: str
    level: Level
    needs: Kind | None = None


DEFINITIONS: dict[str, Definition] = {}


def _definition(
    version: str, level: Level, needs: Kind | None = None, way: str = ""
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def register(text: Callable[[], None]) -> Callable[[], None]:
        name = text.__name__
        DEFINITIONS[name] = Definition(name, version, inspect.getdoc(text) or "", way or name, level, needs)
        return text

    return register


@_definition("1.0", "municipality")
def seat() -> None:
    """The supplier's seat, as a register tells it, lies in the municipality. All of its money or none.

    The headline: the only definition that needs no more than a register of firms. CLES and Preston counted so (domain
    research A1). A seat is not a place of work: a chain may work here and be seated elsewhere, or the reverse.
    """


@_definition("1.0", "municipality", "workplaces")
def any_workplace() -> None:
    """The supplier is seated in the municipality or has a workplace there, however small. All of its money or none.

    "Based or branched" (AGMA); Företagarna counts any workplace. Always at least as much as the seat. Firms that the
    register of workplaces does not list are unresolved, except foreign ones: a branch would bear a number of here.
    """


@_definition("1.1", "municipality", "workplaces")
def workplace_weighted() -> None:
    """Each supplier's money is divided over its workplaces by employees; what falls in the municipality is local.

    Each purchase is divided by largest remainder, so that all parts sum to the öre. Of a size class its middle is the
    weight. Unresolved: firms not listed, and firms with workplaces here and elsewhere of which one is not counted. A
    model: nobody knows which workplace delivered.
    """


@_definition("1.0", "region", way="seat")
def region() -> None:
    """The supplier's seat lies in the same region (county). All of its money or none.

    The Tussell index counts so, by the larger British regions (NUTS 1). Always at least as much as the seat.
    """


@_definition("1.1", "municipality", "residents")
def staff() -> None:
    """Each supplier's money is divided by where its staff live; what falls in the municipality is local.

    Closest to who earns. Needs that firms have told where their staff live: those that have not are unresolved. Wages
    are only a part of what is paid.
    """


def prepare(database: duckdb.DuckDBPyConnection, store: Store, question: Question) -> None:
    """The relation `placed` in a database made by `facts.connect` for a question with the same district."""
    for name, table in inputs(store).items():
        database.register(name, table)
    derive(database, question.district)


def derive(database: duckdb.DuckDBPyConnection, district: str | None) -> None:
    """The relations of `local`, seen from a district (None: from the municipality)."""
    for name, sql in local.DERIVED.items():
        used = {"district": district or ""} if "$district" in sql else {}
        database.execute(f"create {'view' if name in local.VIEWS else 'table'} {name} as {sql}", used)


def figures(
    database: duckdb.DuckDBPyConnection, store: Store, question: Question, panel: tuple[str, ...]
) -> dict[str, Figure]:
    """A figure a definition, seat first; `-` where the register that it needs is not loaded."""
    known: dict[str, list[tuple[str, str | None, int]]] = {}
    for way, level, why, amount, _ in database.execute(local.GROUPED).fetchall():
        known.setdefault(way, []).append((level, why, amount))
    missing = without(store)
    return {
        name: _figure(one, known.get(one.way, []), question, panel, one.needs in missing)
        for name, one in DEFINITIONS.items()
    }


def _figure(
    one: Definition, rows: Sequence[tuple[str, str | None, int]], question: Question, panel: tuple[str, ...],
    missing: bool,
) -> Figure:  # fmt: skip
    parts = parts_of(rows)
    name = f"local_share.{one.id}"
    if parts.base <= 0 or missing:
        reason = "definitions.needs" if missing else "spending.base_not_positive"
        return Figure(
            name, one.version, None, None, None, "share", question, panel, parts.base, missing="-", reason=reason
        )
    level = seen_at(one, question)
    low, unknown = parts.up_to(level), parts.unknown_at(level)
    ends = sorted((low / parts.base, (low + unknown) / parts.base))
    evidence: dict[str, object] = {"local": low, "why": _reasons(rows, level)}
    return Figure(
        name, one.version, low / parts.base, ends[0], ends[1], "share", question, panel, parts.base, unknown,
        evidence=evidence,
    )  # fmt: skip


def seen_at(one: Definition, question: Question) -> Level:
    """Within what a definition is local, for a question: the district where one is asked for."""
    return "district" if question.district and one.level == "municipality" else one.level


def without(store: Store) -> frozenset[Kind]:
    """The kinds of register that some definition needs and that are not loaded."""
    return frozenset(kind for kind in NEEDED if places(store, kind) is None)


def parts_of(rows: Sequence[tuple[str, str | None, int]]) -> Parts:
    """(level, why, minor units) as parts by level."""
    found: dict[str, int] = {}
    for level, _, amount in rows:
        found[level] = found.get(level, 0) + amount
    return Parts.of(found)


def _reasons(rows: Sequence[tuple[str, str | None, int]], local: Level) -> dict[str, int]:
    """What is missing to tell whether it is local, and of how many minor units."""
    found: dict[str, int] = {}
    for level, why, amount in rows:
        if why and Parts.of({level: 1}).unknown_at(local):
            found[why] = found.get(why, 0) + amount
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def inputs(store: Store) -> dict[str, pa.Table]:
    """`workplaces` and `residents` for another engine; empty where there is no register."""
    found = {kind: places(store, kind) for kind in NEEDED}
    return {kind: PLACES.empty_table() if table is None else table for kind, table in found.items()}
