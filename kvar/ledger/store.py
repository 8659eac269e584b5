"""Where batches live: the bytes by their sha256, and one folder of Parquet a batch, renamed into place whole."""

import errno
import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kvar.core.errors import KvarError
from kvar.ledger.model import Anchor, BatchRef

FORMAT = (
    3  # of a batch's derived tables: one higher when their columns change meaning; `kvar rebuild` makes them anew
)


class Store:
    """A folder with raw bytes, batches and the key that persons' numbers are keyed with."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("raw", "batches", "tmp", "registers", "places", "suppliers", "secret"):
            (root / name).mkdir(parents=True, exist_ok=True)

    def person_key(self) -> bytes:
        """32 bytes, from `KVAR_PERSON_KEY` (hex) or made once and kept 0600."""
        if given := os.environ.get("KVAR_PERSON_KEY"):
            return bytes.fromhex(given)
        path = self.root / "secret" / "person.key"
        if not path.exists():
            beside = path.with_name(secrets.token_hex(8))
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
            with suppress(FileExistsError):
                path.hardlink_to(beside)  # whole, or another process was first
            beside.unlink()
        return path.read_bytes()

    def raw_path(self, sha256: str) -> Path:
        """Where the bytes of an upload are kept."""
        return self.root / "raw" / sha256[:2] / sha256

    def keep_raw(self, path: Path, sha256: str) -> None:
        """Keep the uploaded bytes unchanged; nothing happens when they are there already."""
        target = self.raw_path(sha256)
        if target.exists():
            return
        target.parent.mkdir(exist_ok=True)
        with _disk(path.name):
            beside = self.root / "tmp" / secrets.token_hex(8)
            shutil.copyfile(path, beside)
            _sync(beside)
            beside.rename(target)

    def batches(self, *, but: Collection[str] = ()) -> Iterator[tuple[BatchRef, dict[str, Any]]]:
        """Every whole batch with its report, oldest first; `ledger.store.format` at an outdated one not in `but`."""
        folders = (folder for folder in (self.root / "batches").iterdir() if folder.name not in but)
        found = [self._read(folder) for folder in folders if (folder / "report.json").exists()]
        yield from sorted(found, key=lambda item: (item[1]["created"], item[0].id))

    def outdated(self) -> list[dict[str, Any]]:
        """The reports of batches whose derived tables an earlier version of Kvar made, oldest first."""
        paths = (self.root / "batches").glob("*/report.json")
        found = [json.loads(path.read_text(encoding="utf-8")) | {"id": path.parent.name} for path in paths]
        return sorted((one for one in found if one.get("format") != FORMAT), key=lambda one: str(one["created"]))

    def _read(self, folder: Path) -> tuple[BatchRef, dict[str, Any]]:
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        if report.get("format") != FORMAT:
            raise KvarError("ledger.store.format", batch=folder.name)
        return BatchRef(folder.name, folder, Anchor(**report["anchor"]), report["currency"]), report

    def write_batch(
        self, batch_id: str, files: Mapping[str, bytes], report: dict[str, Any], *, anew: bool = False
    ) -> Path:
        """Write a batch (name -> Parquet) beside and rename it into place; `ledger.disk.full` leaves nothing behind.

        Of two that write the same batch at once the first has it; the other gets `ledger.batch.same_file`. `anew`:
        it takes the place of the one that stands, which stays until this one is whole.
        """
        beside = self.root / "tmp" / f"{batch_id}-{secrets.token_hex(4)}"
        target = self.root / "batches" / batch_id
        try:
            with _disk(report["file"]):
                beside.mkdir()
                for name, content in files.items():
                    _write(beside / f"{name}.parquet", content)
                _write(beside / "report.json", json.dumps(report, ensure_ascii=False).encode())
                if anew:
                    self._replace(beside, target)
                else:
                    _into_place(beside, target)
                _sync(target.parent)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return target

    def _replace(self, beside: Path, target: Path) -> None:
        """Two renames; between them the old one is where `recover` finds it."""
        old = self.root / "tmp" / f"replaced-{target.name}"
        target.rename(old)
        try:
            beside.rename(target)
        except OSError:
            old.rename(target)
            raise
        shutil.rmtree(old)

    def recover(self) -> None:
        """Put back a batch whose replacing was cut off, and clear away one that was replaced."""
        for old in (self.root / "tmp").glob("replaced-*"):
            target = self.root / "batches" / old.name.removeprefix("replaced-")
            if target.exists():
                shutil.rmtree(old)
            else:
                old.rename(target)

    def remove_batch(self, batch_id: str) -> None:
        """Undo: the batch folder leaves in one rename; the raw bytes stay."""
        folder = self.root / "batches" / batch_id
        trash = self.root / "tmp" / f"undone-{batch_id}-{secrets.token_hex(4)}"
        try:
            folder.rename(trash)
        except FileNotFoundError as error:
            raise KvarError("ledger.batch.unknown", batch=batch_id) from error
        shutil.rmtree(trash)


def write_table(table: pa.Table, path: Path) -> None:
    """A derived table beside and renamed into place: readers see the old or the new, never half."""
    beside = path.with_suffix(f".{secrets.token_hex(4)}.tmp")  # two readers may write the same at once
    pq.write_table(table, beside, compression="zstd")
    beside.rename(path)


def _into_place(beside: Path, target: Path) -> None:
    try:
        beside.rename(target)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise KvarError("ledger.batch.same_file", batch=target.name) from error
        raise


def _write(path: Path, content: bytes) -> None:
    """A file on the disk, not only in memory."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _disk(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise KvarError("ledger.disk.full", file=name) from error
        raise
