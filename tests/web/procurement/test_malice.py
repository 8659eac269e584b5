"""Nothing that one bidder sends stops the opening of the others; 500 changed bytes anywhere are never accepted."""

import base64
import io
import random
from typing import Any

import pytest
from django.contrib.auth.models import User

from kvar.core.errors import KvarError
from kvar.procurement.actions import bidding, opening
from kvar.procurement.models import Bid
from kvar.procurement.sealing.envelope import new_header, pack, unpack
from kvar.procurement.sealing.seal import open_sealed, own_parts, part_of, seal, written

DEEP = b'{"price": 1, "answers": ' + b"[" * 60_000 + b"]" * 60_000 + b"}"
CONTENTS = (
    b"", b"null", b"[]", b'"x"', b"{}", b'{"price": NaN, "answers": {}}', b'{"price": true, "answers": {}}',
    b'{"price": 1e400, "answers": {}}', b'{"price": 99999999999999999999999, "answers": {}}',
    b'{"price": 1, "answers": []}', DEEP, b"\xff\xfe", b'{"price": 1, "answers": {}} extra',
)  # fmt: skip
ODD = (
    b'{"price": 1, "answers": {"quality": {"text": "\\ud800 \\u0000"}}}',
    b'{"price": 1, "answers": {"quality": {"text": NaN, "x": [[]], "target": 1e400}}}',
    b'{"price": 1, "answers": {"quality": "bara text", "\\u0000": {"\\ud800": "x"}}}',
    b'{"price": 1, "answers": {}, "files": {"../../etc/\\ud800passwd": "eA==", "a": 3, "b": "%%%"}}',
    b'{"price": 1, "answers": {}, "files": [1, 2]}',
)


def send(play: Any, n: int, content: bytes, spoil: Any = None) -> None:
    """Firm n seals any bytes at all, and perhaps spoils the parts."""
    lot = play.made.lots.get()
    header = new_header(str(play.made.pk), "1", f"firm-{n}", content)
    sealed = seal(pack(header, content), bidding.recipients(play.made))
    sha256 = bidding.upload(lot=lot, bidder=play.firm(n), body=io.BytesIO(sealed.body))
    parts = written(sealed)
    bidding.submit(lot=lot, bidder=play.firm(n), sha256=sha256, parts=spoil(parts) if spoil else parts)


def test_any_content_at_all_is_opened_or_set_aside_and_the_others_open(play: Any) -> None:
    for n, content in enumerate(CONTENTS):
        send(play, n, content)
    for n, content in enumerate(ODD, len(CONTENTS)):
        send(play, n, content)
    play.bid(100, 900_000_00)
    play.open()
    states = dict(Bid.objects.values_list("bidder__slug", "state"))
    assert [states[f"firm-{n}"] for n in range(len(CONTENTS))] == ["unreadable"] * len(CONTENTS)
    assert [states[f"firm-{n}"] for n in range(len(CONTENTS), len(CONTENTS) + len(ODD))] == ["opened"] * len(ODD)
    assert states["firm-100"] == "opened"
    assert [file["name"] for bid in Bid.objects.all() for file in bid.files] == ["?passwd"]


@pytest.mark.parametrize("length", ['"3"', "null", "-1", "1e9", "[" * 60_000, "true"])
def test_a_header_of_any_shape_is_refused(length: str) -> None:
    row = f'{{"bidder":"b","length":{length},"lot":"1","nonce":"x","procurement":"p","version":1}}'
    with pytest.raises(KvarError):
        unpack(row.encode() + b"\n{}", procurement="p", lot="1", bidder="b")


def test_spoilt_parts_set_their_own_bid_aside(play: Any) -> None:
    """An age file to somebody else's key passes the gate, and stops nobody."""

    def other(parts: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        return {pair: dict(zip(found, reversed(list(found.values())), strict=True)) for pair, found in parts.items()}

    send(play, 0, b'{"price": 1, "answers": {}}', other)
    play.bid(1, 900_000_00)
    play.open()
    assert dict(Bid.objects.values_list("bidder__slug", "state")) == {"firm-0": "unreadable", "firm-1": "opened"}


@pytest.mark.parametrize("text", ["", "%%%", base64.b64encode(b"not age").decode()])
def test_what_is_no_part_is_refused_at_the_door(play: Any, text: str) -> None:
    with pytest.raises(KvarError) as caught:
        send(play, 0, b"{}", lambda parts: {pair: dict.fromkeys(found, text) for pair, found in parts.items()})
    assert caught.value.code == "procurement.bid.parts"


def test_another_s_key_is_told_and_not_taken_for_empty_parts(play: Any) -> None:
    play.bid(0, 900_000_00)
    play.over()
    ann, bo = (User.objects.get(username=name) for name in ("ann", "bo"))
    key = play.keys[str(play.made.openers.get(person=bo).pk)]
    with pytest.raises(KvarError) as caught:
        own_parts(opening.parts_for(play.made, ann), key)
    assert caught.value.code == "procurement.seal.part"


def test_500_changed_bytes_anywhere_are_never_accepted(play: Any) -> None:
    """Anywhere in what the server keeps: the sealed body with its header, and every part."""
    content, draw = b'{"price": 1, "answers": {}}', random.Random(500)
    header = new_header("p", "1", "b", content)
    sealed = seal(pack(header, content), bidding.recipients(play.made))
    [(pair, found)] = sealed.parts.items()
    pieces = [sealed.body[:300], sealed.body[300:], *(found[name] for name in pair)]
    refused = 0
    for n in range(500):
        changed = [bytearray(piece) for piece in pieces]
        target = changed[n % len(changed)]
        target[draw.randrange(len(target))] ^= 1 << draw.randrange(8)
        try:
            halves = [part_of(bytes(part), play.keys[name]) for name, part in zip(pair, changed[2:], strict=True)]
            unpack(open_sealed(bytes(changed[0] + changed[1]), *halves), procurement="p", lot="1", bidder="b")
        except KvarError:
            refused += 1
    assert refused == 500
    halves = [part_of(part, play.keys[name]) for name, part in zip(pair, pieces[2:], strict=True)]
    assert unpack(open_sealed(sealed.body, *halves), procurement="p", lot="1", bidder="b")[1] == content
