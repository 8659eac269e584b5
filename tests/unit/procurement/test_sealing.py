"""Sealed bids: every pair opens, one never does, no changed byte is accepted, and the stock format is age."""

import random
import secrets
from itertools import combinations

import pytest

from kvar.core.errors import KvarError
from kvar.procurement.sealing.envelope import BLOCK, new_header, pack, padded, unpack
from kvar.procurement.sealing.seal import Sealed, new_opener, open_sealed, part_of, seal

CONTENT = b"anbud: 1 234 000 kr\n" * 40
FOR = {"procurement": "p1", "lot": "1", "bidder": "b1"}


@pytest.fixture(scope="module")
def keys() -> dict[str, tuple[str, str]]:
    return {name: new_opener() for name in ("ann", "bo", "chamber")}


@pytest.fixture(scope="module")
def sealed(keys: dict[str, tuple[str, str]]) -> Sealed:
    plain = pack(new_header("p1", "1", "b1", CONTENT), CONTENT)
    return seal(plain, {name: public for name, (_, public) in keys.items()})


def parts(sealed: Sealed, keys: dict[str, tuple[str, str]], pair: tuple[str, str]) -> list[bytes]:
    return [part_of(sealed.parts[pair][name], keys[name][0]) for name in pair]


def test_every_pair_opens(sealed: Sealed, keys: dict[str, tuple[str, str]]) -> None:
    for pair in combinations(sorted(keys), 2):
        plain = open_sealed(sealed.body, *parts(sealed, keys, pair))
        assert unpack(plain, **FOR)[1] == CONTENT


def test_one_alone_never_does(sealed: Sealed, keys: dict[str, tuple[str, str]]) -> None:
    for pair in combinations(sorted(keys), 2):
        mine = part_of(sealed.parts[pair][pair[0]], keys[pair[0]][0])
        for guess in (mine, bytes(len(mine)), secrets.token_bytes(len(mine))):
            with pytest.raises(KvarError):
                open_sealed(sealed.body, mine, guess)
        with pytest.raises(KvarError):
            part_of(sealed.parts[pair][pair[1]], keys[pair[0]][0])


def test_the_server_s_files_hold_no_word_of_the_bid(sealed: Sealed) -> None:
    assert b"anbud" not in sealed.body + b"".join(part for pair in sealed.parts.values() for part in pair.values())
    assert sealed.body.startswith(b"age-encryption.org/v1")


def test_500_changed_bytes_are_never_accepted(sealed: Sealed, keys: dict[str, tuple[str, str]]) -> None:
    both, draw = parts(sealed, keys, ("ann", "bo")), random.Random(5)
    for _ in range(500):
        body = bytearray(sealed.body)
        body[draw.randrange(len(body))] ^= 1 << draw.randrange(8)
        with pytest.raises((KvarError, ValueError)):
            open_sealed(bytes(body), *both)


def test_a_changed_part_opens_nothing(sealed: Sealed, keys: dict[str, tuple[str, str]]) -> None:
    one, other = parts(sealed, keys, ("ann", "bo"))
    for at in range(len(other)):
        changed = bytearray(other)
        changed[at] ^= 1
        with pytest.raises(KvarError):
            open_sealed(sealed.body, one, bytes(changed))
    with pytest.raises(KvarError):
        open_sealed(sealed.body, one, other[:-1])


@pytest.mark.parametrize("name", ["procurement", "lot", "bidder"])
def test_a_copied_ciphertext_cannot_stand_as_another_s(name: str) -> None:
    plain = pack(new_header("p1", "1", "b1", CONTENT), CONTENT)
    with pytest.raises(KvarError) as caught:
        unpack(plain, **(FOR | {name: "other"}))
    assert caught.value.code == "procurement.seal.header"


@pytest.mark.parametrize("length", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 5_000_000])
def test_the_length_tells_little(length: int) -> None:
    size = padded(length)
    assert size >= length
    assert size % BLOCK == 0
    assert (size // BLOCK).bit_count() == 1


def test_garbage_inside_is_told() -> None:
    for plain in (b"", b"{}\n", b"not json\nx", b"\0" * 99):
        with pytest.raises(KvarError):
            unpack(plain, **FOR)


def test_fewer_than_two_openers_are_refused() -> None:
    with pytest.raises(KvarError) as caught:
        seal(b"x", {"ann": new_opener()[1]})
    assert caught.value.code == "procurement.seal.openers"
