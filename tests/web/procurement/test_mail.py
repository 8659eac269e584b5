"""Mail: who gets what, in which language, one each; reminders once a day; nobody's name in the log."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement.actions import answers, evaluation, planning
from kvar.procurement.actions.cancelling import cancel
from kvar.procurement.models import MailChoice, Procurement, Reminder
from kvar.procurement.reminders import remind
from kvar.web.mail import mail as settings_of
from tests.web.procurement.conftest import person
from tests.web.procurement.test_silence import signed_in


def firm(name: str, place: str = "9901", country: str = "SE", **choice: Any) -> User:
    """A firm with one person, who may have chosen."""
    home = Organisation.objects.create(slug=name, name=name, country=country, place=place, kind="firm")
    made = person(home, name, "supplier")
    if choice:
        MailChoice.objects.create(person=made, **choice)
    return made


def to(subject: str = "") -> list[str]:
    """Who got mail, of a subject."""
    assert all(len(item.to) == 1 for item in mail.outbox)
    return sorted(item.to[0].split("@")[0] for item in mail.outbox if subject in item.subject)


def test_a_question_goes_to_the_office_and_its_answer_to_every_firm_near_and_far(
    published: Procurement, django_capture_on_commit_callbacks: Any
) -> None:
    near, far = firm("near"), firm("far", place="1480")
    firm("abroad", country="GB")
    firm("quiet", notices=False)
    firm("engelsk", language="en")
    with django_capture_on_commit_callbacks(execute=True):
        asked = answers.ask(procurement=published, asker=far.membership_set.get().organisation, text="Får man dela?")
    assert to() == ["officer"]
    assert "far" not in mail.outbox[0].body
    with django_capture_on_commit_callbacks(execute=True):
        later = published.deadline + timedelta(days=7)  # type: ignore[operator]
        answers.reply(question=asked, text="Ja, så många ni vill", new_deadline=later)
    assert to("Fråga och svar") == ["far", "near"]
    assert to("Question and answer") == ["abroad", "engelsk"]
    assert to("Ny sista dag") == ["far", "near"]
    body = next(item.body for item in mail.outbox if item.to == [near.email] and "Fråga" in item.subject)
    assert "Ja, så många ni vill" in body
    assert f"/sv/9901/upphandling/{published.pk}/" in body
    assert f"{timezone.localtime(later):%Y-%m-%d %H:%M}" in next(
        item.body for item in mail.outbox if "Ny sista" in item.subject
    )


def test_a_cancelled_one_is_told_to_all_with_its_reasons_and_a_plan_to_nobody(
    planned: Any, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    firm("near")
    firm("quiet", notices=False)
    with django_capture_on_commit_callbacks(execute=True):
        cancel(procurement=planned(), by=officer, reason="Behövs inte")
    assert not mail.outbox
    made = planned()
    deadline = timezone.now() + timedelta(days=30)
    planning.publish(procurement=made, route="advertised", deadline=deadline, price={"kind": "relative"})
    with django_capture_on_commit_callbacks(execute=True):
        cancel(procurement=made, by=officer, reason="Behövs inte")
    assert to("Avbruten") == ["near", "quiet"], "the law asks for it: it cannot be declined"
    assert "Behövs inte" in mail.outbox[0].body


def test_what_is_rolled_back_is_not_mailed(published: Procurement, django_capture_on_commit_callbacks: Any) -> None:
    firm("near")
    with django_capture_on_commit_callbacks(execute=False):
        answers.ask(procurement=published, asker=None, text="Får man dela?")
    assert not mail.outbox


def test_each_bidder_gets_the_decision_also_who_wants_no_notices(
    play: Any, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    for n in range(3):
        boss = person(play.firm(n), f"boss{n}", "supplier")
        if n == 1:
            MailChoice.objects.create(person=boss, language="en", notices=False, reminders=False)
    play.bid(0, 900_000_00)
    play.bid(1, 950_000_00)
    play.open()
    play.score_all()
    with django_capture_on_commit_callbacks(execute=True):
        evaluation.award(lot=play.made.lots.get(), by=officer, reasons="Bäst plan")
    assert (to("Beslut"), to("Decision")) == (["boss0"], ["boss1"])
    assert "Bäst plan" in mail.outbox[0].body
    assert "beslut.pdf" in mail.outbox[0].body


def test_reminders_come_once_a_day_to_who_has_something_waiting(published: Procurement, officer: User) -> None:
    today = timezone.localdate()
    assert remind(today) == 0
    answers.ask(procurement=published, asker=None, text="Får man dela?")
    assert (remind(today), remind(today)) == (1, 0)
    assert "Frågor att svara på: 1, Städning" in mail.outbox[0].body
    assert remind(today + timedelta(days=1)) == 1
    MailChoice.objects.create(person=officer, reminders=False)
    assert remind(today + timedelta(days=2)) == 0
    assert Reminder.objects.count() == 2


def test_a_reminder_that_fails_is_tried_again_and_the_log_tells_no_one_s_name(
    published: Procurement, officer: User, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    answers.ask(procurement=published, asker=None, text="Får man dela?")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    assert remind(timezone.localdate()) == 0
    assert "mail reminder was not sent: ConnectionRefusedError" in caplog.text
    assert "officer" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert remind(timezone.localdate()) == 1


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_person_chooses_by_the_page(lang: str, db: None) -> None:
    boss = firm("boss")
    browser, address = signed_in(boss), f"/{lang}/arbetsbord/post/"
    text = browser.get(address).content.decode()
    assert 'name="receipts"' in text
    assert browser.post(address, {"language": "en", "receipts": "on"}, follow=True).status_code == 200
    found = MailChoice.objects.get()
    assert (found.language, found.notices, found.reminders, found.receipts) == ("en", False, False, True)
    assert Client().get(address).status_code == 302
    home = Organisation.objects.create(slug="ours", name="Ours", country="SE", place="9901")
    clerk = User.objects.create_user("clerk", "clerk@example.org", "x")
    add_member(organisation=home, person=clerk, role="officer")
    assert 'name="receipts"' not in signed_in(clerk).get(address).content.decode()


def test_the_setting_is_files_or_smtp_and_nothing_mistyped() -> None:
    assert settings_of("", Path("/x"))["EMAIL_FILE_PATH"] == "/x/mail"
    found = settings_of("smtp+tls://kvar:p%40ss@post.example.org", Path("/x"))
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"]) == (
        "post.example.org",
        587,
        "p@ss",
    )
    assert found["EMAIL_USE_TLS"]
    assert settings_of("smtps://post.example.org:2525", Path("/x"))["EMAIL_PORT"] == 2525
    for wrong in ("post.example.org", "http://post.example.org", "smtp://"):
        with pytest.raises(ValueError, match="KVAR_MAIL"):
            settings_of(wrong, Path("/x"))


def test_the_command_runs_on_an_empty_site(tmp_path: Path) -> None:
    kvar = Path(sys.executable).parent / "kvar"
    environment = {"KVAR_DATA": str(tmp_path), "KVAR_LANG": "en", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([kvar, "remind"], capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr.strip().endswith("Reminders sent: 0")) == (0, True), done.stderr
