"""A bidder's acts: upload early, submit small, replace or withdraw; the time inside the transaction decides."""

import base64
import io
from collections.abc import Mapping
from itertools import combinations
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.models import Organisation
from kvar.procurement import box
from kvar.procurement.kept import Body
from kvar.procurement.models import Lot, Procurement
from kvar.procurement.readiness import PLAIN
from kvar.procurement.sealing.envelope import new_header, pack

SALT = "kvar.bid.receipt"
AGE, PART = b"age-encryption.org/v1", 2_000


def upload(*, lot: Lot, bidder: Organisation, body: Body) -> str:
    """Keep a sealed file for a lot; the sha256 to submit by. Nothing is submitted yet."""
    _open(lot.procurement)
    return box.keep(lot, bidder, body)


@transaction.atomic
def submit(
    *, lot: Lot, bidder: Organisation, sha256: str, parts: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, Any], str]:
    """Submit an uploaded file for one lot; the receipt and its signed form. Late is refused, whatever the reason.

    The procurement's row is locked while the clock is read and the file renamed, so that a deadline moved in the same
    moment is either before or after, never both. No row is written.
    """
    held = Procurement.objects.select_for_update().get(pk=lot.procurement_id)
    _open(held)
    if set(parts) != pairs(held):
        raise KvarError("procurement.bid.parts")
    if not box.uploaded(lot, bidder, sha256):
        raise KvarError("procurement.bid.not_uploaded")
    if not all(_whole(pair, found) for pair, found in parts.items()):
        raise KvarError("procurement.bid.parts")
    lot.procurement = held
    made = box.put(lot, bidder, sha256, parts)
    return _receipt(lot, made)


def quote(*, lot: Lot, bidder: Organisation, content: bytes) -> tuple[dict[str, Any], str]:
    """A plain quote where the route asks for no seal; elsewhere refused: no server reads a sealed bid."""
    if not is_plain(lot.procurement):
        raise KvarError("procurement.quote.sealed")
    header = new_header(str(lot.procurement_id), str(lot.number), bidder.slug, content)
    sha256 = upload(lot=lot, bidder=bidder, body=io.BytesIO(pack(header, content)))
    return submit(lot=lot, bidder=bidder, sha256=sha256, parts={})


@transaction.atomic
def withdraw(*, lot: Lot, bidder: Organisation) -> None:
    """Take a submitted bid back before the deadline."""
    _open(Procurement.objects.select_for_update().get(pk=lot.procurement_id))
    box.take_back(lot, bidder)


def _whole(pair: str, found: Mapping[str, str]) -> bool:
    """Has the pair an age file for each of its two, and nothing else?"""
    try:
        bodies = [base64.b64decode(text, validate=True) for text in found.values()]
    except ValueError:
        return False
    return set(found) == set(pair.split("+")) and all(body.startswith(AGE) and len(body) < PART for body in bodies)


def receipt_of(lot: Lot, bidder: Organisation) -> tuple[dict[str, Any], str] | None:
    """The receipt of what stands submitted, and its signed form; None when nothing does."""
    made = box.own(lot, bidder)
    if made is None:
        return None
    return _receipt(lot, made)


def _receipt(lot: Lot, made: box.Submitted) -> tuple[dict[str, Any], str]:
    row = {"procurement": str(lot.procurement_id), "lot": lot.number, "seal": made.seal}
    row |= {"sha256": made.sha256, "at": made.at}
    return row, signing.dumps(row, salt=SALT)


def is_plain(procurement: Procurement) -> bool:
    """Do plain quotes do on its route?"""
    return procurement.route in PLAIN


def pairs(procurement: Procurement) -> set[str]:
    """The pairs of openers a seal must have parts for; none where plain quotes do."""
    if is_plain(procurement):
        return set()
    names = sorted(str(pk) for pk in procurement.openers.values_list("pk", flat=True))
    return {"+".join(pair) for pair in combinations(names, 2)}


def recipients(procurement: Procurement) -> dict[str, str]:
    """Opener name (its number) -> age recipient: what a bidder seals to."""
    return {str(opener.pk): opener.recipient for opener in procurement.openers.all()}


def _open(procurement: Procurement) -> None:
    if procurement.phase != "published" or procurement.deadline is None or timezone.now() >= procurement.deadline:
        raise KvarError("procurement.bid.late")
