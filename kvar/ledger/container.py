"""What a file is by its first bytes, not by its name; gzip is unpacked within limits."""

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kvar.core.errors import KvarError

Kind = Literal["text", "workbook", "xml"]
MAX_BYTES = 2 * 1024**3
MAX_RATIO = 200
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
)


@dataclass(frozen=True, slots=True)
class Payload:
    """An upload: its name, the sha256 of the bytes as sent, what it is, and the bytes to read."""

    name: str
    sha256: str
    kind: Kind
    data: bytes


def open_payload(path: Path) -> Payload:
    """Read a file; raises `ledger.file.*` where it is empty, too large, a bomb, or no ledger format."""
    if path.stat().st_size > MAX_BYTES:
        raise KvarError("ledger.file.too_large", file=path.name, limit=MAX_BYTES)
    raw = path.read_bytes()
    data = gunzip(raw, path.name) if raw[:2] == b"\x1f\x8b" else raw
    name = path.name.removesuffix(".gz")
    if not data.strip(b"\x00 \t\r\n"):
        raise KvarError("ledger.file.empty", file=path.name)
    return Payload(name, hashlib.sha256(raw).hexdigest(), _kind(data, name), data)


def gunzip(raw: bytes, name: str) -> bytes:
    """The unpacked bytes; `ledger.file.bomb` above 200:1 or 2 GB, `ledger.file.truncated` if cut."""
    limit = min(MAX_BYTES, max(len(raw) * MAX_RATIO, 10_000_000))
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(raw, limit)
    except zlib.error as error:
        raise KvarError("ledger.file.truncated", file=name) from error
    if unpacker.unconsumed_tail:
        raise KvarError("ledger.file.bomb", file=name)
    if not unpacker.eof:
        raise KvarError("ledger.file.truncated", file=name)
    return data


def _kind(data: bytes, name: str) -> Kind:
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "text")
    if found == "zip" and b"xl/" in data:
        return "workbook"
    if found == "workbook":
        return "workbook"
    if found != "text":
        raise KvarError(f"ledger.file.{found}", file=name)
    if data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<?xml", b"<Invoice", b"<CreditNote")):
        return "xml"
    return "text"
