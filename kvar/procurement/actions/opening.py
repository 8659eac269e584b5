"""Opening: after the deadline two appointed persons give what they have decrypted; then all bids open at once."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.models import Organisation
from kvar.procurement import box
from kvar.procurement.models import Bid, Lot, Opener, OpeningPart, Procurement
from kvar.procurement.record import record
from kvar.procurement.sealing.envelope import unpack
from kvar.procurement.sealing.seal import open_sealed

Parts = Mapping[str, Mapping[str, str]]


def parts_for(procurement: Procurement, person: User) -> dict[str, dict[str, str]]:
    """Seal -> pair -> the encrypted part for this opener to decrypt with their own key; only after the deadline."""
    name = str(_opener(procurement, person).pk)
    return {
        item.seal: {pair: found[name] for pair, found in item.parts.items() if name in found}
        for lot in procurement.lots.all()
        for item in box.everything(lot)
    }


@transaction.atomic
def contribute(*, procurement: Procurement, person: User, parts: Parts) -> bool:
    """Give one's decrypted parts; True when the second opener's came and everything was opened."""
    held = Procurement.objects.select_for_update().get(pk=procurement.pk)
    if held.phase != "published" or held.deadline is None or timezone.now() < held.deadline:
        raise KvarError("procurement.box.closed")
    _opener(held, person)
    OpeningPart.objects.update_or_create(procurement=held, person=person, defaults={"parts": parts})
    given = {str(_opener(held, part.person).pk): part.parts for part in OpeningPart.objects.filter(procurement=held)}
    if len(given) < 2:
        return False
    bids = [_open(lot, item, given) for lot in held.lots.all() for item in box.everything(lot)]
    held.phase = procurement.phase = "evaluation"
    held.save(update_fields=["phase"])
    read = [{"id": str(bid.pk), "sha256": bid.sha256, "state": bid.state, "price": bid.price} for bid in bids]
    record(procurement=held, kind="open", by="openers", values={"openers": len(given), "bids": read})
    return True


def _open(lot: Lot, item: box.Submitted, given: Mapping[str, Parts]) -> Bid:
    """The bid of a sealed file; what cannot be read becomes a bid that says so, and stays as it was received."""
    bidder = Organisation.objects.get(pk=item.bidder)
    common: dict[str, Any] = {"lot": lot, "bidder": bidder, "sha256": item.sha256, "submitted": item.time}
    try:
        content = _content(lot, bidder, item, given)
        return Bid.objects.create(**common, price=int(content["price"]), answers=content["answers"])
    except KvarError as error:
        return Bid.objects.create(**common, state="unreadable", reason=error.code)


def _content(lot: Lot, bidder: Organisation, item: box.Submitted, given: Mapping[str, Parts]) -> dict[str, Any]:
    pair = next((pair for pair in item.parts if set(pair.split("+")) <= set(given)), None)
    try:
        halves = [base64.b64decode(given[name][item.seal][pair or ""]) for name in (pair or "").split("+")]
        plain = open_sealed(box.body(lot, item), *halves)
        _, content = unpack(plain, procurement=str(lot.procurement_id), lot=str(lot.number), bidder=bidder.slug)
        read: dict[str, Any] = json.loads(content)
        if not (isinstance(read["price"], int) and read["price"] > 0 and isinstance(read["answers"], dict)):
            raise KvarError("procurement.bid.content")
    except (KeyError, TypeError, binascii.Error, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise KvarError("procurement.bid.content") from error
    return read


def _opener(procurement: Procurement, person: User) -> Opener:
    found = Opener.objects.filter(procurement=procurement, person=person).first()
    if found is None:
        raise KvarError("procurement.opener.not_appointed")
    return found
