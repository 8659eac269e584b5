"""Opening: after the deadline two appointed persons give what they have decrypted; then all bids open at once."""

import base64
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.whole import whole
from kvar.organisations.models import Organisation
from kvar.procurement import box, kept
from kvar.procurement.actions.bidding import is_plain
from kvar.procurement.models import Bid, Lot, Opener, OpeningPart, Procurement
from kvar.procurement.record import record
from kvar.procurement.sealing.envelope import unpack
from kvar.procurement.sealing.filled import NUMBER
from kvar.procurement.sealing.seal import open_sealed

LARGEST_PRICE, LONGEST, MOST_FILES = 2**62, 100_000, 50
Parts = Mapping[str, Mapping[str, str]]


def parts_for(procurement: Procurement, person: User) -> dict[str, dict[str, str]]:
    """Seal -> pair -> the encrypted part for this opener to decrypt with their own key; only after the deadline."""
    if procurement.phase != "published":
        raise KvarError("procurement.box.closed")
    name = str(_opener(procurement, person).pk)
    return {
        item.seal: {pair: found[name] for pair, found in item.parts.items() if name in found}
        for lot in procurement.lots.all()
        for item in box.everything(lot)
    }


@transaction.atomic
def contribute(*, procurement: Procurement, person: User, parts: Parts, certain: bool = False) -> bool:
    """Give one's decrypted parts; True when the second opener's came and everything was opened.

    Parts of another procurement, or still encrypted, are refused. When no bid at all could be read, somebody most
    likely sent a wrong file: nothing is opened then, unless the openers say that they are `certain`.
    """
    held = Procurement.objects.select_for_update().get(pk=procurement.pk)
    if held.phase != "published" or held.deadline is None or timezone.now() < held.deadline:
        raise KvarError("procurement.box.closed")
    expected = parts_for(held, person)
    if set(parts) != set(expected) or (expected and parts == expected):
        raise KvarError("procurement.parts.others")
    OpeningPart.objects.update_or_create(procurement=held, person=person, defaults={"parts": parts})
    given = {str(_opener(held, part.person).pk): part.parts for part in OpeningPart.objects.filter(procurement=held)}
    if len(given) < 2:
        return False
    _open_all(held, given, certain)
    procurement.phase = held.phase
    return True


@transaction.atomic
def open_quotes(*, procurement: Procurement, by: User) -> None:
    """Open the plain quotes after their deadline; refused where bids are sealed."""
    held = Procurement.objects.select_for_update().get(pk=procurement.pk)
    if held.phase != "published" or held.deadline is None or timezone.now() < held.deadline:
        raise KvarError("procurement.box.closed")
    if not is_plain(held):
        raise KvarError("procurement.quote.sealed")
    _open_all(held, {str(by.pk): {}}, certain=True)
    procurement.phase = held.phase


def _open_all(held: Procurement, given: Mapping[str, Parts], certain: bool) -> None:
    """Everything in the box becomes bids at once, and the list of them a leaf of the log."""
    bids = [_open(lot, item, given) for lot in held.lots.all() for item in box.everything(lot)]
    if bids and not certain and all(bid.state == "unreadable" for bid in bids):
        raise KvarError("procurement.open.none_readable")
    held.phase = "evaluation"
    held.save(update_fields=["phase"])
    read = [
        {"id": str(bid.pk), "lot": bid.lot.number, "sha256": bid.sha256, "state": bid.state, "price": bid.price}
        for bid in bids
    ]
    record(procurement=held, kind="open", by="openers", values={"openers": len(given), "bids": read})


def _open(lot: Lot, item: box.Submitted, given: Mapping[str, Parts]) -> Bid:
    """The bid of a sealed file; what cannot be read becomes a bid that says so, and stays as it was received."""
    bidder = Organisation.objects.get(pk=item.bidder)
    common: dict[str, Any] = {"lot": lot, "bidder": bidder, "sha256": item.sha256, "submitted": item.time}
    try:
        plain = box.body(lot, item) if is_plain(lot.procurement) else _unsealed(lot, item, given)
        found = _content(plain, lot, bidder)
        files = _files(found.get("files"))
        return Bid.objects.create(**common, price=found["price"], answers=found["answers"], files=files)
    except KvarError as error:
        return Bid.objects.create(**common, state="unreadable", reason=error.code)


def _unsealed(lot: Lot, item: box.Submitted, given: Mapping[str, Parts]) -> bytes:
    """The envelope, by the first pair of openers who have both given their parts of this seal."""
    pair = next((pair for pair in item.parts if set(pair.split("+")) <= set(given)), None)
    try:
        halves = [base64.b64decode(given[name][item.seal][pair or ""]) for name in (pair or "").split("+")]
    except (KeyError, TypeError, ValueError) as error:
        raise KvarError("procurement.bid.content") from error
    return open_sealed(box.body(lot, item), *halves)


def _content(plain: bytes, lot: Lot, bidder: Organisation) -> dict[str, Any]:
    _, content = unpack(plain, procurement=str(lot.procurement_id), lot=str(lot.number), bidder=bidder.slug)
    try:
        read: dict[str, Any] = json.loads(content)
        price, answers, files = read["price"], read["answers"], read.get("files")
    except (KeyError, TypeError, AttributeError, RecursionError, ValueError) as error:
        raise KvarError("procurement.bid.content") from error
    if type(price) is not int or not 0 < price < LARGEST_PRICE or not isinstance(answers, dict):
        raise KvarError("procurement.bid.content")
    return {"price": price, "answers": answered(answers), "files": files}


def answered(given: Mapping[object, object]) -> dict[str, dict[str, str | int]]:
    """What a bid answers, in the one shape that is kept: criterion -> field -> text or whole number; the rest leaves.

    A bidder may have written anything: nothing of it may stop the opening of the others.
    """
    rows = [(slug, row) for slug, row in given.items() if isinstance(row, dict)]
    return {readable(slug)[:40]: {readable(name)[:40]: _value(name, value) for name, value in row.items()
                               if isinstance(value, str) or type(value) is int} for slug, row in rows}  # fmt: skip


def _value(name: object, value: str | int) -> str | int:
    """A target written as text is a number all the same: what was promised is followed up."""
    if name == NUMBER and isinstance(value, str):
        value = whole("".join(value.split())) or value
    if isinstance(value, int):
        return max(-LARGEST_PRICE, min(LARGEST_PRICE, value))
    return readable(value)[:LONGEST]


def readable(text: object) -> str:
    """Text that any database keeps: no lone surrogates, no NUL."""
    return str(text).encode("utf-8", "replace").decode().replace("\0", "")


def _files(given: object) -> list[dict[str, Any]]:
    """Keep what was attached by its sha256; names without folders. What is no file is left out."""
    rows = given.items() if isinstance(given, dict) else ()
    found = []
    for name, text in list(rows)[:MOST_FILES]:
        try:
            body = base64.b64decode(text, validate=True)
        except (TypeError, ValueError):
            continue
        if body:
            found.append(
                {"name": Path(readable(name)).name[:200], "sha256": kept.keep(io.BytesIO(body)), "size": len(body)}
            )
    return found


def _opener(procurement: Procurement, person: User) -> Opener:
    found = Opener.objects.filter(procurement=procurement, person=person).first()
    if found is None:
        raise KvarError("procurement.opener.not_appointed")
    return found
