"""Two anchors with a canary line each, people of every role, tasks done at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kvar.organisations import actions
from kvar.organisations.models import ImportJob, Organisation
from kvar.organisations.permissions import ROLES

LEDGER = """kopare;leverantor;leverantor_id;konto_nr;konto_text;verifikationsnummer;datum;belopp
X;{name};559900-0006;6440;Livsmedel;1;2024-03-01;100,50
X;{name};559900-0006;6440;Livsmedel;2;2024-03-02;-0,50
X;{name};559900-0006;6440;Livsmedel;3;2024-02-30;7,00
"""


@pytest.fixture(autouse=True)
def place(db: None, settings: Any, tmp_path: Path) -> None:
    """An own data folder; tasks run when they are queued."""
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def anchors() -> dict[str, Organisation]:
    """Organisations `ours` and `theirs` in Göteborg."""
    return {s: Organisation.objects.create(slug=s, name=s, country="SE", place="1480") for s in ("ours", "theirs")}


@pytest.fixture
def people(anchors: dict[str, Organisation]) -> dict[str, User]:
    """One person a role in `ours`, and `stranger` in `theirs`."""
    found = {role: User.objects.create_user(role, f"{role}@example.org", "x") for role in (*ROLES, "stranger")}
    for role in ROLES:
        actions.add_member(organisation=anchors["ours"], person=found[role], role=role)
    actions.add_member(organisation=anchors["theirs"], person=found["stranger"], role="administrator")
    return found


@pytest.fixture
def signed_in(people: dict[str, User]) -> Callable[[str], Client]:
    """A browser signed in as a role, `stranger`, or nobody."""

    def client(who: str) -> Client:
        browser = Client()
        if who != "anonymous":
            browser.force_login(people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return client


@pytest.fixture
def uploaded(
    anchors: dict[str, Organisation], people: dict[str, User], django_capture_on_commit_callbacks: Any
) -> Callable[..., ImportJob]:
    """An upload to `ours`, read as far as its columns."""

    def upload(text: str = LEDGER.format(name="Kanariebageriet AB"), name: str = "mars.csv") -> ImportJob:
        with django_capture_on_commit_callbacks(execute=True):
            file = SimpleUploadedFile(name, text.encode())
            job = actions.upload(organisation=anchors["ours"], file=file, by=people["analyst"])
        return ImportJob.objects.get(pk=job.pk)

    return upload
