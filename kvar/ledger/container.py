"""What a file is by its first bytes, not by its name; gzip is unpacked within limits."""

import hashlib
import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

from kvar.core.errors import KvarError
from kvar.core.numbers import mask

Kind = Literal["text", "workbook", "xml", "archive"]
MAX_BYTES = 2 * 1024**3
MAX_RATIO = 200
BLANK = b"\x00 \t\r\n"
_XML = re.compile(rb"<(?:\?xml\b|!--|!DOCTYPE|[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?[\s>/])")
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)
_JSON = re.compile(rb"[\[{]\s*(?:[\[{\"\]}]|$)")
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
    """An upload: its name (persons masked), the sha256 of the bytes as sent, what it is, and the bytes to read."""

    name: str
    sha256: str
    kind: Kind
    data: bytes


def open_payload(path: Path) -> Payload:
    """Read a file; raises `ledger.file.*` where it is empty, too large, a bomb, or no ledger format."""
    sent = mask(path.name)
    if path.stat().st_size > MAX_BYTES:
        raise KvarError("ledger.file.too_large", file=sent, limit=MAX_BYTES)
    raw = path.read_bytes()
    data = gunzip(raw, sent) if raw[:2] == b"\x1f\x8b" else raw
    if not data[:1000].strip(BLANK) and not data.strip(BLANK):
        raise KvarError("ledger.file.empty", file=sent)
    return Payload(sent, hashlib.sha256(raw).hexdigest(), _kind(data, sent), data)


def gunzip(raw: bytes, name: str) -> bytes:
    """The unpacked bytes of every member; `ledger.file.bomb` above 200:1 or 2 GB, `ledger.file.truncated` if cut."""
    limit = min(MAX_BYTES, max(len(raw) * MAX_RATIO, 10_000_000))
    members: list[bytes] = []
    while raw.rstrip(b"\x00"):  # one member after another; some tools pad with zeros
        unpacker = zlib.decompressobj(wbits=31)
        try:
            members.append(unpacker.decompress(raw, limit - sum(map(len, members)) + 1))
        except zlib.error as error:
            raise KvarError("ledger.file.truncated", file=name) from error
        if unpacker.unconsumed_tail or sum(map(len, members)) > limit:
            raise KvarError("ledger.file.bomb", file=name)
        if not unpacker.eof:
            raise KvarError("ledger.file.truncated", file=name)
        raw = unpacker.unused_data
    return b"".join(members)


def _kind(data: bytes, name: str) -> Kind:
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "text")
    if found == "zip":
        return _zip_kind(data, name)
    if found == "workbook":
        return "workbook"
    if found != "text":
        raise KvarError(f"ledger.file.{found}", file=name)
    head = data[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    for pattern, kind in ((_HTML, "html"), (_JSON, "json")):
        if pattern.match(head):
            raise KvarError(f"ledger.file.{kind}", file=name)
    return "xml" if _XML.match(head) else "text"


def _zip_kind(data: bytes, name: str) -> Kind:
    """A workbook or an archive; `ledger.file.bomb` when what it says it unpacks to is out of proportion."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            items = archive.infolist()
    except BadZipFile as error:
        raise KvarError("ledger.file.truncated", file=name) from error
    if sum(item.file_size for item in items) > max(len(data) * MAX_RATIO, 50_000_000):
        raise KvarError("ledger.file.bomb", file=name)
    return "workbook" if any(item.filename.startswith("xl/") for item in items) else "archive"
