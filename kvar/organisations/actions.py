"""Writes: each a verb, keyword-only. An import goes reading, match, checking, checked, loading, done."""

import shutil

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.ledger.mapping import Mapping
from kvar.organisations.models import ImportJob, Membership, Organisation
from kvar.organisations.permissions import Role
from kvar.organisations.steps import refuse
from kvar.organisations.tasks import work
from kvar.organisations.uploads import kept_name, store, upload_path


@transaction.atomic
def add_member(*, organisation: Organisation, person: User, role: Role) -> Membership:
    """Give a person a role; one they had before is changed. `organisations.administrator.last` when none is left."""
    if role != "administrator":
        _not_the_last(organisation, person)
    return Membership.objects.update_or_create(organisation=organisation, person=person, defaults={"role": role})[0]


@transaction.atomic
def remove_member(*, organisation: Organisation, person: User) -> None:
    """Take a person's role away; what they did stays. `organisations.administrator.last` when none is left."""
    _not_the_last(organisation, person)
    Membership.objects.get(organisation=organisation, person=person).delete()


def _not_the_last(organisation: Organisation, person: User) -> None:
    """An organisation with an administrator always has one."""
    found = set(
        Membership.objects.filter(organisation=organisation, role="administrator").values_list("person_id", flat=True)
    )
    if found == {person.pk}:
        raise KvarError("organisations.administrator.last")


@transaction.atomic
def upload(*, organisation: Organisation, file: UploadedFile[bytes], by: User) -> ImportJob:
    """Keep an upload and queue its first reading."""
    name = kept_name(file.name or "", "fil")
    job = ImportJob.objects.create(organisation=organisation, by=by, file=name, size=file.size or 0)
    path = upload_path(job)
    path.parent.mkdir(parents=True)
    with path.open("wb") as out:
        shutil.copyfileobj(file, out)
    _queue(job)
    return job


@transaction.atomic
def choose_columns(*, job: ImportJob, mapping: Mapping) -> None:
    """Take the user's columns and queue the check."""
    job.mapping = mapping.to_json()
    _to(job, "checking")


@transaction.atomic
def begin_load(*, job: ImportJob, control_total: int | None) -> None:
    """The user has seen the check: queue the load."""
    job.control_total = control_total
    _to(job, "loading")


@transaction.atomic
def undo(*, job: ImportJob) -> None:
    """Take the batch out of the store, if it is still there; the bytes and this row stay."""
    if job.batch in {ref.id for ref, _ in store().batches()}:
        store().remove_batch(job.batch)
    job.state = "undone"
    job.save(update_fields=["state"])


@transaction.atomic
def abandon(*, job: ImportJob) -> None:
    """Throw away an upload that was not loaded."""
    shutil.rmtree(upload_path(job).parent, ignore_errors=True)
    job.state = "undone"
    job.save(update_fields=["state"])


def reap(*, job: ImportJob) -> None:
    """A job whose worker has died is queued once more, then refused."""
    if not job.working or timezone.now() - job.beat < job.STALE:
        return
    if job.tries >= 2:
        refuse(job=job, error=KvarError("organisations.import.stalled", file=job.file))
    else:
        _queue(job)


def _to(job: ImportJob, state: str) -> None:
    job.state, job.error, job.tries = state, None, 0
    _queue(job)


def _queue(job: ImportJob) -> None:
    job.beat, job.tries = timezone.now(), job.tries + 1
    job.save()
    transaction.on_commit(lambda: work.enqueue(str(job.id)))
