"""A file into the store: read in a child, compared with its control total, written whole or not at all."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from kvar.core.errors import KvarError
from kvar.core.numbers import mask
from kvar.ledger.earlier import Earlier
from kvar.ledger.mapping import Mapping as ColumnMapping
from kvar.ledger.model import Anchor, BatchRef, Notice
from kvar.ledger.result import ReadResult, TableResult
from kvar.ledger.store import FORMAT, Store
from kvar.ledger.together import Answer, grouped, read_together

CHILDREN = 2
AHEAD = 3  # groups of files read and not yet asked for
WRITERS = 4  # each waits for the disk most of the time


@dataclass(frozen=True, slots=True)
class Options:
    """How files are to be read: a named source, a mapping, saved mappings; and a typed control total (minor).

    `country`: the anchor's, for what the file does not say. `anew`: the files replace outdated batches.
    """

    source: str | None = None
    mapping: ColumnMapping | None = None
    saved: Sequence[ColumnMapping] = ()
    control_total: int | None = None
    country: str | None = None
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """One file's outcome: a batch with its accounts, or the error that refused it."""

    path: Path
    batch: BatchRef | None
    tables: tuple[TableResult, ...]
    notices: tuple[Notice, ...]
    error: KvarError | None = None


def read_files(paths: Iterable[Path], key: bytes, options: Options) -> Iterator[tuple[Path, ReadResult | KvarError]]:
    """Each file read in a sandboxed child, two at a time, in the order given; a few ahead of the one asked for."""
    how: dict[str, Any] = {"source": options.source, "mapping": options.mapping, "saved": tuple(options.saved)}
    read = partial(read_together, key=key, country=options.country, **how)
    ahead: deque[tuple[Sequence[Path], Future[tuple[Answer, ...]]]] = deque()
    with ThreadPoolExecutor(CHILDREN) as pool:
        for group in grouped(paths):
            ahead.append((group, pool.submit(read, group)))
            if len(ahead) > AHEAD:
                yield from _next(ahead)
        while ahead:
            yield from _next(ahead)


def _next(ahead: deque[tuple[Sequence[Path], Future[tuple[Answer, ...]]]]) -> Iterator[tuple[Path, Answer]]:
    group, answers = ahead.popleft()
    yield from zip(group, answers.result(), strict=True)


def import_files(paths: Sequence[Path], *, store: Store, anchor: Anchor, options: Options) -> Iterator[Imported]:
    """Import files for one anchor, one batch a file; a refused file leaves nothing and the others go on.

    Outcomes come in the order given, each when its batch is on the disk; some later ones are written meanwhile.
    """
    outdated = {report["id"] for report in store.outdated()} if options.anew else ()
    earlier = Earlier(store, anchor, but=outdated)
    with ThreadPoolExecutor(WRITERS) as writers:
        begun: deque[Callable[[], Imported]] = deque()
        for path, answer in read_files(paths, store.person_key(), replace(options, country=anchor.country)):
            try:
                write = _accepted(path, checked(answer, earlier, options), store, earlier, anew=options.anew)
                begun.append(writers.submit(write).result)
            except KvarError as error:
                begun.append(partial(Imported, path, None, (), (), error))
            if len(begun) > WRITERS:
                yield begun.popleft()()
        while begun:
            yield begun.popleft()()


def checked(answer: ReadResult | KvarError, earlier: Earlier, options: Options) -> ReadResult:
    """The answer if it may be loaded; raises why it may not."""
    if isinstance(answer, KvarError):
        raise answer
    earlier.refuse_same(answer.sha256)
    earlier.refuse_foreign(answer.mapping)
    if answer.mapping.names_only:
        raise KvarError("ledger.batch.not_for_money", source=answer.mapping.source)
    total = sum(t.sum_positive_minor + t.sum_negative_minor for t in answer.tables)
    if options.control_total is not None and total != options.control_total:
        values = {"found": total, "stated": options.control_total, "currency": answer.mapping.currency}
        raise KvarError("ledger.control_total.differs", **values)
    return answer


def _accepted(
    path: Path, result: ReadResult, store: Store, earlier: Earlier, *, anew: bool
) -> Callable[[], Imported]:
    """How to write a file that may be loaded; from here on it counts among the earlier ones."""
    if not sum(table.loaded for table in result.tables):
        raise KvarError("ledger.batch.nothing_loaded", file=path.name)
    anchor, notices = earlier.anchor, tuple(earlier.notices(result))
    batch_id = f"{anchor.slug}-{result.sha256[:16]}"
    ref = BatchRef(batch_id, store.root / "batches" / batch_id, anchor, result.mapping.currency)
    report = _report(path, result, anchor, notices)
    earlier.unwritten[ref.id] = result.contents
    earlier.add(ref, report, result.identities)

    def write() -> Imported:
        try:
            store.keep_raw(path, result.sha256)
            store.write_batch(ref.id, result.contents.files(), report, anew=anew)
        except KvarError as error:
            return Imported(path, None, (), (), error)
        finally:
            del earlier.unwritten[ref.id]
        return Imported(path, ref, result.tables, notices)

    return write


def _report(path: Path, result: ReadResult, anchor: Anchor, notices: Sequence[Notice]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "file": mask(path.name),
        "sha256": result.sha256,
        "created": datetime.now(UTC).isoformat(),
        "anchor": asdict(anchor),
        "currency": result.mapping.currency,
        "mapping": result.mapping.to_json(),
        "headers": result.headers,
        "months": {str(month): n for month, n in result.months.items()},
        "tables": [table.to_json() for table in result.tables],
        "notices": [asdict(notice) for notice in notices],
    }
