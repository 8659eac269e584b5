"""One anchor's purchases as invoices: lines of one supplier, category, day and invoice number summed."""

from collections.abc import Iterator, Sequence
from datetime import date

import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.spending import engine

Invoice = tuple[int, str, date, int]  # supplier, category, day, minor units
_SUMMED = """
select payee, category, coalesce(date, make_date(month // 100, month % 100, 1)) as day, sum(amount)::bigint
from read_parquet(?) where month >= ? and month <= ? and month > 0
group by payee, category, day, coalesce(invoice, voucher, line::varchar) having sum(amount) > 0
"""


def invoices(store: Store, batches: Sequence[BatchRef], first: int, last: int) -> Iterator[Invoice]:
    """Positive invoices of some batches within months (yyyymm)."""
    labels = pq.read_table(store.root / "suppliers" / "labels.parquet").to_pydict()
    of = {(b, p): s for b, p, s in zip(labels["batch"], labels["payee"], labels["supplier"], strict=True)}
    with engine.database() as link:
        for batch in batches:
            rows = pq.read_table(batch.folder / "categories.parquet").to_pylist()
            texts = {row["category"]: row["text"] or row["code"] or "" for row in rows}
            found = link.execute(_SUMMED, [str(batch.folder / "lines.parquet"), first, last]).fetchall()
            for payee, category, day, amount in found:
                yield of[batch.id, payee], texts[category], day, amount
