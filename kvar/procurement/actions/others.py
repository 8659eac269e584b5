"""Others' notices: a file is read whole or not at all, and can be taken away again."""

from django.db import transaction

from kvar.core.numbers import mask
from kvar.procurement.models import OtherNotice
from kvar.procurement.notices.read import read
from kvar.procurement.notices.seen import Read, Seen

NUL = "\0"  # no database text holds it


@transaction.atomic
def import_notices(*, data: bytes, name: str, place: str, source: str) -> Read:
    """Read a file and show its notices at a place; those known already are written anew."""
    found = read(data, name)
    for seen in found.notices:
        words = {"source": source, "file": name[:200], "format": found.format} | _row(seen)
        OtherNotice.objects.update_or_create(place=place, source_id=seen.id.replace(NUL, "")[:200], defaults=words)
    return found


@transaction.atomic
def remove_notices(*, place: str, file: str) -> int:
    """Take away what was read from a file; how many went."""
    return OtherNotice.objects.filter(place=place, file=file).delete()[0]


def _row(seen: Seen) -> dict[str, object]:
    """As stored: what looks like a person's number is masked, and NUL is left out."""
    return {
        "title": _kept(seen.title)[:500], "buyer": _kept(seen.buyer)[:300], "description": _kept(seen.description),
        "cpv": seen.cpv, "kind": seen.kind[:20], "value": seen.value, "currency": seen.currency[:3],
        "published": seen.published, "deadline": seen.deadline, "url": seen.url.replace(NUL, "")[:500],
    }  # fmt: skip


def _kept(text: str) -> str:
    return mask(text).replace(NUL, "")
