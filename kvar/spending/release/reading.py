"""An anchor's purchases of a year as a table: the suppliers' industries against how near they are.

The industries that most anchors buy from stand alone (ROWS, sections of SNI 2007); all others, and suppliers whose
industry no register tells, are one row. Suppliers abroad and those that cannot be placed are one column. So few small
figures arise that would take larger ones with them, and every anchor's table has the same parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from kvar.core.errors import KvarError
from kvar.core.period import month
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.facts import connect
from kvar.spending.figure import Question
from kvar.spending.release.sheet import ALL, Key
from kvar.suppliers.industry import divisions

ROWS, OTHER = ("C", "D", "F", "G", "H", "J", "M", "N", "P", "Q"), "other"
COLUMNS, ELSEWHERE = ("municipality", "region", "country", "elsewhere"), "elsewhere"
_PAID = """
select case when list_contains($rows, i.section) then i.section else 'other' end as industry,
       case when b.level in ('district', 'municipality', 'home_municipality') then 'municipality'
            when b.level in ('region', 'country') then b.level else 'elsewhere' end as level, b.supplier, b.amount
from bought b join suppliers s on s.supplier = b.supplier left join divisions i on i.division = s.industry[:2]
"""
_CELLS = """
with each as (
    select coalesce(industry, $all) as industry, coalesce(level, $all) as level, supplier,
           sum(amount)::bigint as amount
    from paid
    group by grouping sets ((industry, level, supplier), (industry, supplier), (level, supplier), (supplier))
    having sum(amount) <> 0
)
select industry, level, sum(amount)::bigint, count(*), sum(abs(amount))::bigint, max(abs(amount), 2)
from each group by industry, level
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure of one anchor with who is behind it, minor units; `sizes` is the sum whatever the signs.

    `first`, `second`: the two largest suppliers' sizes.
    """

    amount: int
    suppliers: int
    sizes: int
    first: int
    second: int


def sums(
    store: Store, batches: Sequence[BatchRef], anchor: str, year: int, *, gazetteer: Gazetteer
) -> Mapping[Key, Sum]:
    """Cells and sums of an anchor's purchases; `spending.no_batches`, `release.empty` where there is no purchase."""
    own = [batch for batch in batches if batch.anchor.slug == anchor]
    if not own:
        raise KvarError("spending.no_batches")
    question = Question(own[0].anchor.place, month(year, 1), month(year, 12), (anchor,))
    with connect(store, own, question, gazetteer) as link:
        found = _cells(link)
    if not found:
        raise KvarError("release.empty", anchor=anchor, year=year)
    return found


def _cells(link: duckdb.DuckDBPyConnection) -> dict[Key, Sum]:
    known = [{"division": division, "section": section} for division, section in divisions()]
    link.register("divisions", pa.Table.from_pylist(known))
    link.execute(f"create temp table paid as {_PAID}", {"rows": list(ROWS)})
    rows = link.execute(_CELLS, {"all": ALL}).fetchall()
    return {(row, column): Sum(amount, n, sizes, *(*most, 0)[:2]) for row, column, amount, n, sizes, most in rows}
