"""What is inside a sealed bid: a header that binds it to its procurement, lot and bidder, the content, and padding.

Plaintext = header line (canonical JSON) + newline + content + zero bytes to 64 KiB · 2ⁿ, so that the length of a
ciphertext tells little. The header stops a copied ciphertext from standing as another's bid (trust research D5).
"""

import json
import secrets
from dataclasses import asdict, dataclass

from kvar.core.errors import KvarError

BLOCK = 64 * 1024
VERSION = 1


@dataclass(frozen=True, slots=True)
class Header:
    """What a bid is for and from: ids of procurement, lot and bidder, a nonce, and the content's length in bytes."""

    procurement: str
    lot: str
    bidder: str
    nonce: str
    length: int
    version: int = VERSION


def new_header(procurement: str, lot: str, bidder: str, content: bytes) -> Header:
    """A header with a fresh nonce."""
    return Header(procurement, lot, bidder, secrets.token_hex(16), len(content))


def pack(header: Header, content: bytes) -> bytes:
    """The padded plaintext; ValueError when the header does not tell the content's length."""
    if header.length != len(content):
        raise ValueError("the header tells another length")
    plain = json.dumps(asdict(header), sort_keys=True, separators=(",", ":")).encode() + b"\n" + content
    return plain.ljust(padded(len(plain)), b"\0")


def padded(length: int) -> int:
    """The smallest 64 KiB · 2ⁿ that holds `length` bytes."""
    size = BLOCK
    while size < length:
        size *= 2
    return size


def unpack(plain: bytes, *, procurement: str, lot: str, bidder: str) -> tuple[Header, bytes]:
    """Header and content; `procurement.seal.header` when it is not this procurement's, lot's and bidder's own."""
    line, _, rest = plain.partition(b"\n")
    try:
        header = Header(**json.loads(line))
    except (ValueError, TypeError, RecursionError) as error:
        raise KvarError("procurement.seal.header") from error
    named = (header.procurement, header.lot, header.bidder, header.version)
    whole = type(header.length) is int and 0 <= header.length <= len(rest)
    if named != (procurement, lot, bidder, VERSION) or not whole:
        raise KvarError("procurement.seal.header")
    return header, rest[: header.length]
