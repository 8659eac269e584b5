"""Sealing and opening with age (X25519): the bid's own key is split for every pair of openers by whoever seals.

A bid has a key of its own (an age secret key, as text). For each pair of openers its bytes are parted in two by XOR
with fresh randomness, and each part is encrypted to one of them. So any two appointed openers can open (LOU 12:10),
one alone learns nothing, and the server never has a key. Every piece is an ordinary age file: the stock `age`
command opens it.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import pyrage
from pyrage import x25519

from kvar.core.errors import KvarError

FEWEST_OPENERS = 2


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed bid: the age file of the content, and for each pair (sorted names) each opener's encrypted part."""

    body: bytes
    parts: Mapping[tuple[str, str], Mapping[str, bytes]]

    @property
    def sha256(self) -> str:
        """The digest of the body, as told on the receipt."""
        return hashlib.sha256(self.body).hexdigest()


def seal(plain: bytes, openers: Mapping[str, str]) -> Sealed:
    """Seal for openers (name -> age recipient); `procurement.seal.openers` with fewer than two."""
    if len(openers) < FEWEST_OPENERS:
        raise KvarError("procurement.seal.openers", n=len(openers))
    identity = x25519.Identity.generate()
    key = str(identity).encode()
    body = pyrage.encrypt(plain, [identity.to_public()])
    pairs = combinations(sorted(openers), 2)
    return Sealed(body, {pair: _parted(key, pair, openers) for pair in pairs})


def _parted(key: bytes, pair: tuple[str, str], openers: Mapping[str, str]) -> dict[str, bytes]:
    mask = secrets.token_bytes(len(key))
    return {name: _to(openers[name], part) for name, part in zip(pair, (mask, _xor(key, mask)), strict=True)}


def _to(recipient: str, part: bytes) -> bytes:
    encrypted: bytes = pyrage.encrypt(part, [x25519.Recipient.from_str(recipient)])
    return encrypted


def part_of(encrypted: bytes, secret: str) -> bytes:
    """An opener's own part, decrypted with the opener's age secret key; `procurement.seal.part` if not theirs."""
    try:
        part: bytes = pyrage.decrypt(encrypted, [x25519.Identity.from_str(secret)])
    except pyrage.DecryptError as error:
        raise KvarError("procurement.seal.part") from error
    return part


def open_sealed(body: bytes, one: bytes, other: bytes) -> bytes:
    """The plaintext from the parts of the two of a pair; `procurement.seal.tampered` when anything was changed."""
    if len(one) != len(other):
        raise KvarError("procurement.seal.tampered")
    try:
        identity = x25519.Identity.from_str(_xor(one, other).decode())
        plain: bytes = pyrage.decrypt(body, [identity])
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        raise KvarError("procurement.seal.tampered") from error
    return plain


def new_opener() -> tuple[str, str]:
    """A fresh pair: the opener's secret key, to be kept by the opener alone, and the recipient that is published."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def written(sealed: Sealed) -> dict[str, dict[str, str]]:
    """The parts of a seal as text, as they are submitted: pair "a+b" -> opener -> base64."""
    return {
        "+".join(pair): {name: base64.b64encode(part).decode() for name, part in found.items()}
        for pair, found in sealed.parts.items()
    }


def own_parts(text: Mapping[str, Mapping[str, str]], secret: str) -> dict[str, dict[str, str]]:
    """An opener's parts (seal id -> pair -> base64) decrypted with the opener's key, in the same shape.

    A part that is none (a bidder sent something else) becomes empty, so that it stops no other bid; when not one of
    them opens, the key is another's: `procurement.seal.part`.
    """
    found = {seal_id: {pair: _own(part, secret) for pair, part in pairs.items()} for seal_id, pairs in text.items()}
    if found and not any(part for pairs in found.values() for part in pairs.values()):
        raise KvarError("procurement.seal.part")
    return found


def _own(part: str, secret: str) -> str:
    try:
        return base64.b64encode(part_of(base64.b64decode(part), secret)).decode()
    except (KvarError, binascii.Error):
        return ""
