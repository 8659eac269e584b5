"""What an anchor has loaded before, and what that says of a new file."""

from collections.abc import Collection, Iterator
from typing import Any

from kvar.core.errors import KvarError
from kvar.ledger.contents import Contents
from kvar.ledger.identities import Identities
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import CURRENCIES, Anchor, BatchRef, Notice
from kvar.ledger.notices import unlike_neighbours
from kvar.ledger.overlap import looks_loaded
from kvar.ledger.result import ReadResult
from kvar.ledger.store import Store

WHO = ["name", "number", "scheme", "is_person"]


class Earlier:
    """An anchor's batches with their reports, lines by month, and who has which number.

    `but`: outdated batches that are not looked at. `unwritten`: contents of batches that are on their way to the
    store, by batch.
    """

    def __init__(self, store: Store, anchor: Anchor, *, but: Collection[str] = ()) -> None:
        self.anchor = anchor
        self.batches: list[tuple[BatchRef, dict[str, Any]]] = []
        self.unwritten: dict[str, Contents] = {}
        self.months: dict[int, int] = {}
        self.identities = Identities()
        for ref, report in store.batches(but=but):
            if ref.anchor.slug == anchor.slug:
                self._note(ref, report)
                self.identities.add(self.contents(ref).columns("payees", WHO))

    def add(self, ref: BatchRef, report: dict[str, Any], identities: Identities) -> None:
        """A batch just read."""
        self._note(ref, report)
        self.identities.join(identities)

    def _note(self, ref: BatchRef, report: dict[str, Any]) -> None:
        self.batches.append((ref, report))
        for month, n in report["months"].items():
            self.months[int(month)] = self.months.get(int(month), 0) + n

    def contents(self, ref: BatchRef) -> Contents:
        """What a batch holds."""
        return self.unwritten.get(ref.id) or Contents.stored(ref.folder)

    def refuse_same(self, sha256: str) -> None:
        """Raise `ledger.batch.same_file` when these bytes are loaded already."""
        for ref, report in self.batches:
            if report["sha256"] == sha256:
                raise KvarError("ledger.batch.same_file", batch=ref.id)

    def refuse_foreign(self, mapping: Mapping) -> None:
        """Raise `ledger.batch.country` or `ledger.batch.currency` when a file cannot be added to what is loaded."""
        if mapping.country != self.anchor.country:
            raise KvarError("ledger.batch.country", country=mapping.country, home=self.anchor.country)
        known = sorted({ref.currency for ref, _ in self.batches}) or [CURRENCIES[self.anchor.country]]
        if mapping.currency not in known:
            raise KvarError("ledger.batch.currency", currency=mapping.currency, known=", ".join(known))

    def notices(self, result: ReadResult) -> Iterator[Notice]:
        """What a file says beside those loaded before: months, lines loaded already, numbers."""
        months = dict(self.months)
        for month, n in result.months.items():
            months[month] = months.get(month, 0) + n
        yield from (n for n in unlike_neighbours(months) if n.values["month"] in result.months)
        yield from looks_loaded(result, self.batches, self.contents)
        yield from result.identities.against(self.identities)
