"""The names under which a supplier was paid, as the ledgers spell them, with who wrote so and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from kvar.core.numbers import mask
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.spending import engine
from kvar.suppliers.public import unnamed

MOST = 12
_SPELLED = """
with paid as (select batch, payee from read_parquet($labels) where supplier = $supplier),
named as (
    select p.batch, p.payee, trim(n.name) as name, n.number, n.scheme from paid p
    join read_parquet($payees, filename = true) n on n.payee = p.payee and contains(n.filename, '/' || p.batch || '/')
    where n.name is not null and not n.is_person
)
select n.name, max(n.number), max(n.scheme), list_sort(list(distinct n.batch)), min(r.month), max(r.month),
       sum(r.n)::bigint
from named n join read_parquet($rollups, filename = true) r
on r.payee = n.payee and contains(r.filename, '/' || n.batch || '/')
group by n.name order by 7 desc, 1
"""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling: the anchors that used it (slugs), first and last month (yyyymm), and lines of any kind."""

    name: str
    anchors: tuple[str, ...]
    first: int
    last: int
    n: int


def spellings(store: Store, batches: Sequence[BatchRef], supplier: int) -> tuple[Spelling, ...]:
    """The most used first, at most MOST; none that cannot be told from a person's name (`public.py`)."""
    anchors = {batch.id: batch.anchor.slug for batch in batches}
    asked = {"labels": str(store.root / "suppliers" / "labels.parquet"), "supplier": supplier,
             "payees": [str(batch.folder / "payees.parquet") for batch in batches],
             "rollups": [str(batch.folder / "rollup.parquet") for batch in batches]}  # fmt: skip
    with engine.database() as database:
        rows = database.execute(_SPELLED, asked).fetchall()
    shown = [(name, *rest) for name, number, scheme, *rest in rows if _is_open(name, number, scheme)]
    return tuple(
        Spelling(mask(name), tuple(sorted({anchors[batch] for batch in used if batch in anchors})), first, last, n)
        for name, used, first, last, n in shown[:MOST]
    )


def _is_open(name: str, number: str | None, scheme: str | None) -> bool:
    return unnamed({"is_person": False, "name": name, "number": number, "scheme": scheme}) is None
