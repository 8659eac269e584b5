"""Others' notices: a file is read whole or not at all, and can be taken away again."""

from django.db import transaction

from kvar.core.numbers import mask
from kvar.procurement.models import OtherNotice
from kvar.procurement.notices.read import read
from kvar.procurement.notices.seen import Read, Seen


@transaction.atomic
def import_notices(*, data: bytes, name: str, place: str, source: str) -> Read:
    """Read a file and show its notices at a place; those known already are written anew."""
    found = read(data, name)
    for seen in found.notices:
        words = {"source": source, "file": name[:200], "format": found.format} | _row(seen)
        OtherNotice.objects.update_or_create(place=place, source_id=seen.id[:200], defaults=words)
    return found


@transaction.atomic
def remove_notices(*, place: str, file: str) -> int:
    """Take away what was read from a file; how many went."""
    return OtherNotice.objects.filter(place=place, file=file).delete()[0]


def _row(seen: Seen) -> dict[str, object]:
    """As stored: what looks like a person's number is masked."""
    return {
        "title": mask(seen.title)[:500], "buyer": mask(seen.buyer)[:300], "description": mask(seen.description),
        "cpv": seen.cpv, "kind": seen.kind[:20], "value": seen.value, "currency": seen.currency[:3],
        "published": seen.published, "deadline": seen.deadline, "url": seen.url[:500],
    }  # fmt: skip
