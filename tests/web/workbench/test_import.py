"""The import in four steps, as the analyst does it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kvar.organisations import actions
from kvar.organisations.models import ImportJob, SavedMapping
from kvar.organisations.uploads import store, upload_path

SignIn = Callable[[str], Client]
Upload = Callable[..., ImportJob]
UNKNOWN = "Kund;Pengar till;Bokfört;Kostnad i kr\nSkola;Bageri Exempel AB;2024-03-01;12 500,50\n"


def at(job: ImportJob, last: str = "") -> str:
    return f"/sv/arbetsbord/ours/import/{job.pk}/{last}"


def again(job: ImportJob) -> ImportJob:
    return ImportJob.objects.get(pk=job.pk)


def test_a_known_file_from_choice_to_undo(
    signed_in: SignIn, anchors: Any, django_capture_on_commit_callbacks: Any
) -> None:
    browser = signed_in("analyst")
    from .conftest import LEDGER  # noqa: PLC0415

    with django_capture_on_commit_callbacks(execute=True):
        file = SimpleUploadedFile("mars.csv", LEDGER.format(name="Kanariebageriet AB").encode())
        answer = browser.post("/sv/arbetsbord/ours/import/", {"file": file})
    job = ImportJob.objects.get()
    assert answer.headers["Location"] == at(job)
    page = browser.get(at(job)).content.decode()
    assert "mars.csv läses som goteborg" in page
    chosen = {
        f"c{n}": m
        for n, m in enumerate(
            (
                "buyer_name",
                "supplier_name",
                "supplier_id",
                "account_code",
                "account_text",
                "voucher",
                "date",
                "amount",
            )
        )
    }
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(at(job, "kolumner/"), {**chosen, "decimal": ",", "date_order": "ymd", "sign": "1"})
    page = browser.get(at(job)).content.decode()
    assert "2 av 4 rader kan läsas in" in page
    assert "4 = 2 + 1 + 1" in page
    assert list(store().batches()) == []
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(at(job, "las-in/"), {"control_total": "100,00"})
    done = again(job)
    assert (done.state, done.error) == ("done", None)
    assert not upload_path(done).exists()
    csv = browser.get(at(job, "fel.csv")).content.decode()
    assert csv.splitlines()[0].endswith(";fel")
    assert "2024-02-30" in csv
    browser.post(at(job, "angra/"))
    assert again(job).state == "undone"
    assert list(store().batches()) == []


def test_a_wrong_control_total_loads_nothing(
    signed_in: SignIn, uploaded: Upload, django_capture_on_commit_callbacks: Any
) -> None:
    job = uploaded()
    with django_capture_on_commit_callbacks(execute=True):
        actions.begin_load(job=job, control_total=1)
    assert again(job).state == "refused"
    assert "Kontrollsumman stämmer inte" in signed_in("analyst").get(at(job)).content.decode()
    assert list(store().batches()) == []


def test_columns_nobody_knows_are_asked_for_and_remembered(
    signed_in: SignIn, uploaded: Upload, django_capture_on_commit_callbacks: Any
) -> None:
    job, browser = uploaded(UNKNOWN), signed_in("analyst")
    wrong = browser.post(at(job, "kolumner/"), {"c0": "amount", "c3": "amount", "sign": "1"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "Välj vilken kolumn som är leverantörens namn." in text
    assert "Två kolumner kan inte båda vara belopp" in text
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(at(job, "kolumner/"), {"c1": "supplier_name", "c2": "date", "c3": "amount", "sign": "1"})
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(at(job, "las-in/"), {"control_total": ""})
    assert again(job).state == "done"
    assert SavedMapping.objects.get().version == 1
    second = uploaded(UNKNOWN.replace("2024-03", "2024-04"), "april.csv")
    assert second.mapping is not None
    assert second.mapping["columns"]["supplier_name"] == "Pengar till"


def test_what_cannot_be_read_says_why(signed_in: SignIn, uploaded: Upload) -> None:
    job = uploaded("%PDF-1.7 …", "fakturor.csv")
    assert job.state == "refused"
    assert "är en PDF, inte en tabell" in signed_in("analyst").get(at(job)).content.decode()


def test_a_job_whose_worker_died_is_queued_once_more_and_then_refused(
    signed_in: SignIn, uploaded: Upload, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    job = uploaded()
    old = timezone.now() - timedelta(hours=1)
    ImportJob.objects.filter(pk=job.pk).update(state="reading", beat=old, tries=1)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in("analyst").get(at(job))
    assert again(job).state == "match"
    ImportJob.objects.filter(pk=job.pk).update(state="reading", beat=old, tries=2)
    assert "avbröts två gånger" in signed_in("analyst").get(at(job)).content.decode()
