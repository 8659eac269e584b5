"""A firm's evidence pass: what is written or uploaded once is kept for the next bid."""

from datetime import date
from pathlib import Path

from django.db import transaction

from kvar.core.errors import KvarError
from kvar.organisations.models import Organisation
from kvar.procurement import kept
from kvar.procurement.models import Evidence

LONGEST = 10_000


@transaction.atomic
def keep_answer(*, organisation: Organisation, title: str, text: str) -> Evidence:
    """An answer under a title; the same title again replaces it."""
    if not title.strip() or not text.strip() or len(text) > LONGEST:
        raise KvarError("procurement.evidence.words", most=LONGEST)
    found, _ = Evidence.objects.update_or_create(
        organisation=organisation, kind="answer", title=title.strip()[:200], defaults={"text": text.strip()}
    )
    return found


@transaction.atomic
def keep_file(
    *, organisation: Organisation, title: str, name: str, body: kept.Body, valid_to: date | None = None
) -> Evidence:
    """A file under a title, with the last day it holds; the same title again replaces it."""
    plain = Path(name).name[:200]
    found, _ = Evidence.objects.update_or_create(
        organisation=organisation, kind="file", title=(title.strip() or plain)[:200],
        defaults={"sha256": kept.keep(body), "name": plain, "valid_to": valid_to},
    )  # fmt: skip
    return found


@transaction.atomic
def forget(*, organisation: Organisation, pk: int) -> None:
    """Take one away; nothing happens when it is not the firm's."""
    Evidence.objects.filter(organisation=organisation, pk=pk).delete()
