"""The task the worker runs."""

from django_tasks import task

from kvar.organisations.models import ImportJob
from kvar.organisations.steps import run


@task()
def work(job_id: str) -> None:
    """Do the next step of an import."""
    run(ImportJob.objects.select_related("organisation", "by").get(pk=job_id))
