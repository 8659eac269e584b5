"""The import in four steps, as the analyst does it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kvar.ledger.importing import Options, import_files
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Anchor
from kvar.organisations import actions
from kvar.organisations.models import ImportJob, SavedMapping
from kvar.organisations.uploads import store, upload_path

SignIn = Callable[[str], Client]
Upload = Callable[..., ImportJob]
MONTH = "Leverantör;Belopp;Datum\n" + "".join(f"Firma {n} AB;{n},00;2024-03-0{n % 9 + 1}\n" for n in range(1, 31))
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
    assert "mars.csv läses som Göteborgs Stad" in page
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
    assert "samma kolumner som ni har läst in förut (version 1)" in browser.get(at(second)).content.decode()


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


def test_two_analysts_with_the_same_file_load_it_once(
    signed_in: SignIn, uploaded: Upload, django_capture_on_commit_callbacks: Any
) -> None:
    """Both may get as far as the check; only one batch comes of it, and the other is told which."""
    jobs = [uploaded(), uploaded(name="samma.csv")]
    for job in jobs:
        with django_capture_on_commit_callbacks(execute=True):
            actions.choose_columns(job=again(job), mapping=Mapping.from_json(job.mapping or {}))
    assert [again(job).state for job in jobs] == ["checked", "checked"]
    for job in jobs:
        with django_capture_on_commit_callbacks(execute=True):
            actions.begin_load(job=again(job), control_total=None)
    first, second = map(again, jobs)
    assert (first.state, second.state) == ("done", "refused")
    assert (second.error or {})["code"] == "ledger.batch.same_file"
    assert [ref.id for ref, _ in store().batches()] == [first.batch]
    third = uploaded(name="igen.csv")
    with django_capture_on_commit_callbacks(execute=True):
        actions.choose_columns(job=third, mapping=Mapping.from_json(third.mapping or {}))
    assert again(third).state == "refused"
    page = signed_in("analyst").get(at(third)).content.decode()
    assert f"Samma fil är redan inläst (omgång {first.batch})" in page


def test_undone_and_loaded_again_counts_once(uploaded: Upload, django_capture_on_commit_callbacks: Any) -> None:
    for _ in "ab":
        job = uploaded()
        with django_capture_on_commit_callbacks(execute=True):
            actions.begin_load(job=job, control_total=10_000)
        done = again(job)
        assert (done.state, done.error, len(list(store().batches()))) == ("done", None, 1)
        actions.undo(job=done)
        assert list(store().batches()) == []


def test_a_batch_that_somebody_took_out_by_command_can_be_undone(
    uploaded: Upload, signed_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    job = uploaded()
    with django_capture_on_commit_callbacks(execute=True):
        actions.begin_load(job=job, control_total=10_000)
    store().remove_batch(again(job).batch)
    assert signed_in("analyst").post(f"{at(job)}angra/").status_code == 302
    assert again(job).state == "undone"


def test_what_looks_loaded_already_is_said_before_the_load(
    signed_in: SignIn, uploaded: Upload, django_capture_on_commit_callbacks: Any
) -> None:
    job = uploaded(MONTH)
    with django_capture_on_commit_callbacks(execute=True):
        actions.begin_load(job=job, control_total=None)
    second = uploaded(MONTH + MONTH.splitlines()[-1].replace("30,00", "31,00") + "\n", "april.csv")
    with django_capture_on_commit_callbacks(execute=True):
        actions.choose_columns(job=second, mapping=Mapping.from_json(second.mapping or {}))
    page = signed_in("analyst").get(at(second)).content.decode()
    assert "Det här ser inläst ut redan: 30 av 31 rader" in page.replace("\u00a0", " ")


def test_a_worker_killed_while_loading_leaves_a_job_that_loads_whole(
    signed_in: SignIn, uploaded: Upload, django_capture_on_commit_callbacks: Any
) -> None:
    """kill -9 after the batch was written, before the job said so: the second try finds it loaded."""
    job = uploaded()
    with django_capture_on_commit_callbacks(execute=True):
        actions.begin_load(job=job, control_total=None)
    done = again(job)
    upload_path(done).parent.mkdir(parents=True)
    upload_path(done).write_bytes(store().raw_path(next(r["sha256"] for _, r in store().batches())).read_bytes())
    old = timezone.now() - timedelta(hours=1)
    ImportJob.objects.filter(pk=job.pk).update(state="loading", batch="", beat=old, tries=1)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in("analyst").get(at(job))
    found = again(job)
    assert (found.state, found.batch) == ("done", done.batch)
    assert len(list(store().batches())) == 1


def test_the_workbench_says_how_the_anchor_stands(signed_in: SignIn, tmp_path: Path) -> None:
    analyst = signed_in("analyst")
    assert 'class="figures"' not in analyst.get("/sv/arbetsbord/ours/").content.decode()
    path = tmp_path / "mars.csv"
    path.write_text(MONTH + "Firma 1 AB;x;2024-03-01\n", encoding="utf-8")
    anchor = Anchor("ours", "ours", "SE", "1480")
    list(import_files([path], store=store(), anchor=anchor, options=Options()))
    page = analyst.get("/sv/arbetsbord/ours/").content.decode()
    assert "Stannade i kommunen 2024" in page
    assert "bredvid 30 inlästa" in page
    assert "kommandoraden" in page
