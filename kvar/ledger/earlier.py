"""What an anchor has loaded before, and what that says of a new file."""

from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq

from kvar.core.errors import KvarError
from kvar.ledger.identities import Identities
from kvar.ledger.model import Anchor, BatchRef, Notice
from kvar.ledger.notices import unlike_neighbours
from kvar.ledger.overlap import looks_loaded
from kvar.ledger.result import ReadResult
from kvar.ledger.store import Store


class Earlier:
    """An anchor's batches with their reports, lines by month, and who has which number."""

    def __init__(self, store: Store, anchor: Anchor) -> None:
        self.batches: list[tuple[BatchRef, dict[str, Any]]] = []
        self.months: dict[int, int] = {}
        self.identities = Identities()
        for ref, report in store.batches():
            if ref.anchor.slug == anchor.slug:
                self.add(ref, report)

    def add(self, ref: BatchRef, report: dict[str, Any]) -> None:
        """A batch just loaded, or found in the store."""
        self.batches.append((ref, report))
        for month, n in report["months"].items():
            self.months[int(month)] = self.months.get(int(month), 0) + n
        columns = ["name", "number", "scheme", "is_person"]
        self.identities.add(pq.read_table(ref.folder / "payees.parquet", columns=columns))

    def refuse_same(self, sha256: str) -> None:
        """Raise `ledger.batch.same_file` when these bytes are loaded already."""
        for ref, report in self.batches:
            if report["sha256"] == sha256:
                raise KvarError("ledger.batch.same_file", batch=ref.id)

    def notices(self, result: ReadResult) -> Iterator[Notice]:
        """What a file says beside those loaded before: months, lines loaded already, numbers."""
        months = dict(self.months)
        for month, n in result.months.items():
            months[month] = months.get(month, 0) + n
        yield from (n for n in unlike_neighbours(months) if n.values["month"] in result.months)
        yield from looks_loaded(result.contents, self.batches)
        here = Identities()
        here.add(result.contents.payees)
        yield from here.against(self.identities)
