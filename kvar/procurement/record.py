"""Write to the log of what decides, and read its root and proofs."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from kvar.procurement.log.leaf import leaf
from kvar.procurement.log.merkle import inclusion, leaf_hash, root
from kvar.procurement.models import LogLeaf, Procurement


@transaction.atomic
def record(*, procurement: Procurement, kind: str, by: str, values: Mapping[str, Any]) -> LogLeaf:
    """Add a leaf; `by` is a role. The procurement's row is locked, so that leaves are numbered without gaps."""
    Procurement.objects.select_for_update().get(pk=procurement.pk)
    number = LogLeaf.objects.filter(procurement=procurement).count()
    text = leaf(kind, at=timezone.now(), subject=str(procurement.pk), by=by, values=values).decode()
    return LogLeaf.objects.create(procurement=procurement, number=number, text=text)


def hashes(procurement: Procurement) -> list[bytes]:
    """The leaf hashes in order."""
    return [leaf_hash(item.text.encode()) for item in LogLeaf.objects.filter(procurement=procurement)]


def receipt(item: LogLeaf) -> dict[str, Any]:
    """What whoever caused a leaf takes home: its hash, its place, the root then, and the path between them."""
    known = hashes(item.procurement)[: item.number + 1]
    path = [step.hex() for step in inclusion(known, item.number)]
    return {
        "id": str(item.pk),
        "leaf": known[-1].hex(),
        "number": item.number,
        "root": root(known).hex(),
        "path": path,
    }
