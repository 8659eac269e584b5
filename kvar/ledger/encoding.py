"""Bytes to text without guessing by statistics over languages.

The rule: a byte order mark; else UTF-16 where every other byte is zero; else strict UTF-8; else, line by line, a file
that is mostly UTF-8 with odd lines; else the single-byte code page in which most non-ASCII letters are
Swedish (measured 100 of 100, ../shared/research/trust.md experiment 5).
"""

import codecs
from dataclasses import dataclass

from kvar.core.errors import KvarError
from kvar.ledger.model import Notice

CODE_PAGES = ("cp1252", "iso8859_15", "cp850", "cp865", "mac_roman")
LIKELY = frozenset("åäöÅÄÖéÉüÜ£€–’‘“”…øæØÆ§°½\N{NO-BREAK SPACE}")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the name of the encoding, and what should be told about it."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of `data`; `ledger.file.encoding` if the stated encoding fits not, `.binary` if no text."""
    if encoding:
        return Decoded(_strict(data, encoding, name), encoding)
    for mark, known in _BOMS:
        if data.startswith(mark):
            return _marked(data, known, name)
    if wide := _utf16_without_mark(data):
        return Decoded(_strict(data, wide, name), wide)
    if b"\x00" in data:
        raise KvarError("ledger.file.binary", file=name)
    try:
        return Decoded(data.decode("utf-8"), "ascii" if data.isascii() else "utf-8")
    except UnicodeDecodeError:
        return _mixed(data) or _code_page(data)


def _marked(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig":
            raise KvarError("ledger.file.encoding", file=name, encoding=encoding) from error
    rest = data[3:]
    return _mixed(rest) or _code_page(rest)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise KvarError("ledger.file.encoding", file=name, encoding=encoding) from error


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:4000]
    if len(head) < 4:
        return None
    half = len(head) // 2
    if head[1::2].count(0) > 0.7 * half and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * half and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _mixed(data: bytes) -> Decoded | None:
    """UTF-8 with some lines in cp1252: only when multi-byte UTF-8 really occurs."""
    lines, odd, wide = data.split(b"\n"), [], 0
    texts = []
    for number, line in enumerate(lines, 1):
        try:
            texts.append(line.decode("utf-8"))
            wide += not line.isascii()
        except UnicodeDecodeError:
            odd.append(number)
            texts.append(line.decode("cp1252", errors="replace"))
    if wide == 0 or "\N{REPLACEMENT CHARACTER}" in "".join(texts[n - 1] for n in odd):
        return None
    notice = Notice("ledger.notice.mixed_encoding", {"n": len(odd), "first": odd[0]})
    return Decoded("\n".join(texts), "utf-8+cp1252", (notice,))


def _code_page(data: bytes) -> Decoded:
    best = max(CODE_PAGES, key=lambda page: (likely_share(data, page), -CODE_PAGES.index(page)))
    return Decoded(data.decode(best, errors="replace"), best)


def likely_share(data: bytes, page: str) -> float:
    """What part of the non-ASCII letters is likely in a Swedish or British text, read in a code page."""
    sample = data[:2_000_000].translate(None, bytes(range(128)))[:20_000]
    text = sample.decode(page, errors="replace")
    return sum(letter in LIKELY for letter in text) / max(len(text), 1)
