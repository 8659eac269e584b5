"""No act waits for a mail server or fails with it; what was not sent stays, and is sent once."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any, ClassVar

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from kvar.organisations.models import Organisation
from kvar.procurement import mails, outbox
from kvar.procurement.actions import answers
from kvar.procurement.aside import Aside
from kvar.procurement.models import Letter, MailChoice, Procurement, Question
from tests.web.procurement.conftest import person
from tests.web.procurement.test_silence import _bid, signed_in

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
HERE = "tests.web.procurement.test_outbox"
WAIT = 30


class Held(BaseEmailBackend):
    """A server that answers only when it is let go."""

    let_go: ClassVar[threading.Event]

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        assert self.let_go.wait(WAIT)
        mail.outbox.extend(messages)
        return len(messages)


class Picky(BaseEmailBackend):
    """A server that does not know one of the receivers."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if messages[0].to == ["first@example.org"]:
            raise SMTPRecipientsRefused({"first@example.org": (550, b"who?")})
        if "," in messages[0].to[0]:
            raise ValueError("Invalid address")  # as Django's own does
        mail.outbox.extend(messages)
        return len(messages)


@pytest.fixture
def firms(db: None) -> list[User]:
    """Three firms with a person each."""
    homes = [
        Organisation.objects.create(slug=name, name=name, country="SE", place="9901", kind="firm")
        for name in ("first", "second", "third")
    ]
    return [person(home, home.slug, "supplier") for home in homes]


@pytest.fixture
def broken(settings: Any) -> Any:
    """Nobody listens at the mail server's port."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    return settings


def answered(made: Procurement) -> None:
    question = Question.objects.create(procurement=made, text="Får man dela?")
    answers.reply(question=question, text="Ja")


def test_an_act_stands_though_no_mail_can_leave_and_the_letters_are_sent_later(
    published: Procurement, firms: list[User], broken: Any, django_capture_on_commit_callbacks: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        answered(published)
    assert Question.objects.get().answer == "Ja"
    assert Letter.objects.count() == len(firms)
    assert "mail outbox was not sent: ConnectionRefusedError" in caplog.text
    assert "first" not in caplog.text
    broken.EMAIL_BACKEND = LOCMEM
    Letter.objects.update(tried=timezone.now() - timedelta(hours=1))
    assert (outbox.send_waiting(), outbox.send_waiting()) == (len(firms), 0)
    assert sorted(item.to[0] for item in mail.outbox) == sorted(one.email for one in firms)
    assert not Letter.objects.exists()


def test_an_act_does_not_talk_to_the_mail_server_itself(
    published: Procurement, firms: list[User], broken: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """With the worker's queue in the database the request ends with rows, whatever the mail server does."""
    broken.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    broken.EMAIL_BACKEND = f"{HERE}.Nobody"
    with django_capture_on_commit_callbacks(execute=True):
        answered(published)
    assert Letter.objects.filter(tried=None).count() == len(firms)


def test_what_is_rolled_back_leaves_no_letter(published: Procurement, firms: list[User]) -> None:
    with transaction.atomic():
        answered(published)
        assert Letter.objects.count() == len(firms)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_one_that_is_refused_stays_while_the_others_go(
    published: Procurement, firms: list[User], settings: Any
) -> None:
    answered(published)
    settings.EMAIL_BACKEND = f"{HERE}.Picky"
    assert outbox.send_waiting() == len(firms) - 1
    assert [letter.person for letter in Letter.objects.all()] == firms[:1]


def test_an_address_that_is_none_stops_nobody_else(published: Procurement, firms: list[User], settings: Any) -> None:
    User.objects.filter(pk=firms[0].pk).update(email="a@example.org,b@example.org")
    answered(published)
    settings.EMAIL_BACKEND = f"{HERE}.Picky"
    assert outbox.send_waiting() == len(firms) - 1
    assert [letter.person for letter in Letter.objects.all()] == firms[:1]


def test_a_letter_that_somebody_is_sending_is_left_alone(published: Procurement, firms: list[User]) -> None:
    answered(published)
    letter = Letter.objects.all()[0]
    Letter.objects.filter(pk=letter.pk).update(tried=timezone.now())
    assert outbox.send_waiting() == len(firms) - 1
    assert list(Letter.objects.all()) == [letter]


def test_who_has_left_gets_nothing_more(published: Procurement, firms: list[User]) -> None:
    answered(published)
    User.objects.filter(pk=firms[0].pk).update(is_active=False)
    assert outbox.send_waiting() == len(firms) - 1
    assert not Letter.objects.exists()


def test_the_answer_tells_the_day_that_came_with_it(published: Procurement, firms: list[User]) -> None:
    assert published.deadline is not None
    later = published.deadline + timedelta(days=7)
    question = Question.objects.create(procurement=published, text="Får man dela?")
    answers.reply(question=question, text="Ja", new_deadline=later)
    letters = Letter.objects.filter(code="answer")
    assert all(f"{timezone.localtime(later):%Y-%m-%d %H:%M}" in letter.body for letter in letters)
    assert letters.count() == len(firms)


def test_a_bid_does_not_wait_for_its_receipt_which_leaves_no_row(
    play: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page answers while the mail server still holds; the receipt comes when it lets go."""
    Held.let_go = threading.Event()
    settings.EMAIL_BACKEND = f"{HERE}.Held"
    beside = Aside()
    monkeypatch.setattr(mails, "aside", beside)
    boss = person(play.firm(0), "boss0", "supplier")
    MailChoice.objects.create(person=boss, receipts=True)
    _bid(signed_in(boss), play, 0)
    assert not mail.outbox
    assert not Letter.objects.exists()
    working = beside.thread
    assert working is not None
    Held.let_go.set()
    working.join(WAIT)
    assert len(mail.outbox) == 5
    assert {item.to[0] for item in mail.outbox} == {"boss0@example.org"}


class Nobody(BaseEmailBackend):
    """A server that must not be asked."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        raise AssertionError(messages)
