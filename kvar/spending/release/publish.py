"""From files to a release: what the files would give, and the only way in which anything becomes public."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kvar.core.errors import KvarError
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.release.contribution import Contribution, unseal
from kvar.spending.release.gate import Release
from kvar.spending.release.known import Earlier
from kvar.spending.release.own import own_sheet
from kvar.spending.release.public import release_beside
from kvar.spending.release.reading import sums
from kvar.spending.release.register import Entry, add, entries, last_digest, received
from kvar.spending.release.sheet import Key, Sheet

Figures = Mapping[Key, int | None]  # minor units; None: withheld


@dataclass(frozen=True, slots=True)
class Together:
    """Some anchors' files of one place and year, with the releases of that year and the sheets they were made of.

    `public`: the anchors whose ledgers this site shows.
    """

    given: tuple[Contribution, ...]
    earlier: tuple[Earlier, ...]
    others: tuple[Sheet, ...]
    public: frozenset[str] = frozenset()

    @property
    def sheets(self) -> list[Sheet]:
        """The anchors' sheets."""
        return [one.sheet for one in self.given]

    def release(self) -> Release:
        """What the gate lets out beside what the site shows, audited once more as a whole."""
        return release_beside(self.sheets, self.earlier, self.others, self.public)


def contribution(
    store: Store, batches: Sequence[BatchRef], anchor: str, year: int, *, gazetteer: Gazetteer
) -> Contribution:
    """An anchor's own sheet, after the gate of its machine. Raises what `sums` and `own_sheet` do."""
    sheet = own_sheet(anchor, sums(store, batches, anchor, year, gazetteer=gazetteer))
    batch = next(batch for batch in batches if batch.anchor.slug == anchor)
    return Contribution(sheet, batch.anchor.name, batch.anchor.place, year, batch.currency)


def together(store: Store, paths: Sequence[Path]) -> Together:
    """The files of one place, year and currency.

    Raises `aggregate.file`, `aggregate.differ`, `aggregate.twice`; `aggregate.changed` when an anchor's figures are
    not those that a release of the year was made of: the difference would tell what changed.
    """
    return of_contributions(store, [unseal(path.read_bytes(), path.name, store) for path in paths])


def of_contributions(store: Store, given: Sequence[Contribution]) -> Together:
    """The same, of files that are open."""
    kinds = sorted({f"{one.place} {one.year} {one.currency}" for one in given})
    if len(kinds) > 1:
        raise KvarError("aggregate.differ", found=", ".join(kinds))
    anchors = [one.sheet.anchor for one in given]
    for anchor in anchors:
        if anchors.count(anchor) > 1:
            raise KvarError("aggregate.twice", anchor=anchor)
    place, year = given[0].place, given[0].year
    before = [entry for entry in entries(store) if (entry.place, entry.year) == (place, year)]
    known = {slug for entry in before for slug in entry.people}
    kept = {slug: found for slug in sorted(known) if (found := received(store, place, year, slug))}
    for one in given:
        if one.sheet.anchor in kept and kept[one.sheet.anchor].digest != one.digest:
            raise KvarError("aggregate.changed", anchor=one.name, year=year)
    others = tuple(found.sheet for slug, found in kept.items() if slug not in anchors)
    public = frozenset(ref.anchor.slug for ref, _ in store.batches())
    return Together(tuple(given), tuple(entry.earlier() for entry in before), others, public)


def publish(store: Store, found: Together) -> Entry:
    """Audit and enter a release into the register. Raises what `gate` does."""
    release, first = found.release(), found.given[0]
    entry = Entry(
        number=len(entries(store)) + 1,
        place=first.place,
        year=first.year,
        currency=first.currency,
        published=datetime.now(UTC).date().isoformat(),
        people={one.sheet.anchor: one.name for one in found.given},
        figures={key: release.told.get(key) for key in release.figures},
        behind={key: (release.figures[key].anchors, release.figures[key].suppliers) for key in release.told},
        checked=release.checked,
        previous=last_digest(store),
    )
    add(store, entry, found.given)
    return entry
