"""What the worker does with an import: read the columns, check, load. Each step ends in a state the pages show."""

import shutil
from collections.abc import Mapping as Dict
from dataclasses import asdict

from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.core.numbers import mask
from kvar.ledger.earlier import Earlier
from kvar.ledger.importing import Imported, Options, checked, import_files, read_files
from kvar.ledger.mapping import Mapping
from kvar.ledger.preview import preview_in_child
from kvar.ledger.result import TableResult
from kvar.organisations.mappings import save_mapping
from kvar.organisations.models import ImportJob
from kvar.organisations.queries import saved_mappings
from kvar.organisations.uploads import store, upload_path
from kvar.suppliers.labels import build

SHOWN = 20


def run(job: ImportJob) -> None:
    """The step the job's state asks for; an error ends it as refused, with nothing half done."""
    ImportJob.objects.filter(pk=job.pk).update(beat=timezone.now())
    steps = {"reading": _read, "checking": _check, "loading": _load}
    if job.state not in steps:
        return
    try:
        steps[job.state](job)
    except KvarError as error:
        refuse(job=job, error=error)


def refuse(*, job: ImportJob, error: KvarError) -> None:
    """End a job with the error's code and values."""
    job.state = "refused"
    job.error = {"code": error.code, "values": _plain(error.values)}
    job.save(update_fields=["state", "error"])


def _plain(values: Dict[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int) else mask(str(value)) for name, value in values.items()}


def _read(job: ImportJob) -> None:
    found = preview_in_child(upload_path(job), saved_mappings(job.organisation), job.organisation.country)
    job.answer = {"columns": [[name, list(values)] for name, values in found.columns]}
    job.mapping = found.mapping.to_json() if found.mapping else None
    job.state = "match"
    job.save()
    if found.fixed:
        job.state = "checking"
        _check(job)


def _options(job: ImportJob) -> Options:
    chosen = Mapping.from_json(job.mapping) if job.mapping else None
    own = chosen if chosen and chosen.source in ("own", "guess") else None
    saved, country = tuple(saved_mappings(job.organisation)), job.organisation.country
    return Options(mapping=own, saved=saved, control_total=job.control_total, country=country)


def _check(job: ImportJob) -> None:
    where, options = store(), _options(job)
    [(_, found)] = read_files([upload_path(job)], where.person_key(), options)
    earlier = Earlier(where, job.organisation.anchor())
    answer = checked(found, earlier, options)
    job.answer |= {
        "notices": [asdict(notice) for notice in earlier.notices(answer)],
        "tables": [_table(table) for table in answer.tables],
        "held": [{"code": i.code, "values": _plain(i.values), "line": i.first}
                 for _, i in sorted(answer.quarantined, key=lambda held: (held[0], held[1].first))[:SHOWN]],
    }  # fmt: skip
    job.state = "checked"
    job.save()


def _load(job: ImportJob) -> None:
    where, anchor = store(), job.organisation.anchor()
    [item] = import_files([upload_path(job)], store=where, anchor=anchor, options=_options(job))
    if item.error and _loaded_before(job, item.error):
        return
    if item.error or item.batch is None:
        raise item.error or KvarError("ledger.batch.nothing_loaded", file=job.file)
    build(where, [ref for ref, _ in where.batches()])
    _done(job, item)


def _loaded_before(job: ImportJob, error: KvarError) -> bool:
    """Did a worker that died load this job's batch, without time to say so? Then the job is done."""
    batch = str(error.values.get("batch", ""))
    if error.code != "ledger.batch.same_file" or job.tries < 2:
        return False
    if ImportJob.objects.filter(organisation=job.organisation, batch=batch, state="done").exists():
        return False
    build(store(), [ref for ref, _ in store().batches()])
    _finish(job, batch)
    return True


def _done(job: ImportJob, item: Imported) -> None:
    job.answer |= {
        "tables": [_table(table) for table in item.tables],
        "notices": [asdict(notice) for notice in item.notices],
    }
    _finish(job, item.batch.id if item.batch else "")


def _finish(job: ImportJob, batch: str) -> None:
    job.batch = batch
    job.state = "done"
    job.save()
    if job.mapping and Mapping.from_json(job.mapping).source in ("own", "guess"):
        save_mapping(organisation=job.organisation, mapping=Mapping.from_json(job.mapping), by=job.by)
    shutil.rmtree(upload_path(job).parent, ignore_errors=True)


def _table(table: TableResult) -> dict[str, object]:
    return {**table.to_json(), "warnings": [asdict(notice) for notice in table.warnings]}
