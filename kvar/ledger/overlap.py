"""Is this loaded already? The same months under another file, with many lines equal in date, amount and payee."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kvar.ledger.contents import Contents
from kvar.ledger.model import BatchRef, Notice
from kvar.ledger.result import ReadResult

FEWEST, LEAST = 3, 0.5  # fewer equal lines, or a smaller part of the months' lines, are chance
KEYS = ["date", "month", "amount", "who"]


def looks_loaded(
    result: ReadResult, earlier: Iterable[tuple[BatchRef, dict[str, Any]]], theirs: Callable[[BatchRef], Contents]
) -> Iterator[Notice]:
    """One notice a batch (with its report) that holds much of the same; credits and repeats count once each."""
    ours: pa.Table | None = None
    for ref, report in earlier:
        months = sorted(result.months.keys() & {int(month) for month in report["months"]})
        if not months:
            continue
        ours = _keyed(result.contents) if ours is None else ours
        here = _counted(ours, months)
        equal, lines = _equal(here, _counted(_keyed(theirs(ref)), months)), pc.sum(here["n"]).as_py()
        if equal >= FEWEST and equal >= LEAST * lines:
            values = {"n": equal, "lines": lines, "file": report["file"], "months": _span(months)}
            yield Notice("ledger.notice.looks_loaded", values)


def _keyed(contents: Contents) -> pa.Table:
    """Lines with who was paid as the number, else the name without case."""
    lines = contents.columns("lines", ["date", "month", "amount", "payee"])
    payees = contents.columns("payees", ["payee", "name", "number"])
    who = pc.coalesce(payees["number"], pc.utf8_lower(payees["name"]), pa.scalar(""))
    order = pc.index_in(lines["payee"], payees["payee"])
    table = lines.select(["date", "month", "amount"]).append_column("who", who.take(order))
    return table.set_column(0, "date", pc.fill_null(pc.cast(lines["date"], pa.int32()), 0))


def _counted(table: pa.Table, months: list[int]) -> pa.Table:
    """Equal lines of some months counted."""
    chosen = table.filter(pc.is_in(table["month"], pa.array(months, pa.int32())))
    return chosen.group_by(KEYS).aggregate([([], "count_all")]).rename_columns([*KEYS, "n"])


def _equal(one: pa.Table, two: pa.Table) -> int:
    joined = one.join(two, KEYS, join_type="inner", right_suffix="_there")
    both = pc.sum(pc.min_element_wise(joined["n"], joined["n_there"])).as_py()
    return both or 0


def _span(months: list[int]) -> str:
    """`2024-03` or `2024-01–2024-12`; months without a date have no name."""
    named = [f"{month // 100}-{month % 100:02}" for month in months if month]
    return "–".join(dict.fromkeys((named[0], named[-1]))) if named else "-"
