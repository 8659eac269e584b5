"""Before the opening nothing tells whether or how many have bid: pages, mails, logs, exports, metrics, dump.

With no, one and five bids each is the same byte for byte, apart from form tokens and the clock, except on
the bidders' own pages.
"""

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement.actions import answers
from kvar.procurement.models import MailChoice
from kvar.procurement.reminders import remind
from kvar.procurement.sealing.seal import written

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|\d\d:\d\d:\d\d')
BIDS = (0, 1, 5)
OFFICE = (
    "",
    "avbryt/",
    "oppning/",
    "oppning/delar.json",
    "oppning/intyg.json",
    "bedom/",
    "tilldelning/",
    "folj-upp/",
)


def signed_in(person: User) -> Client:
    browser = Client()
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


@pytest.fixture
def buyer(db: None) -> Organisation:
    """In a place that the site knows without any data, so that the public pages are there."""
    return Organisation.objects.create(slug="ours", name="Göteborgs stad", country="SE", place="1480")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site's own log handlers write."""
    held, out = [], io.StringIO()
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler) and handler.filters:
            held.append((handler, handler.setStream(out)))
    assert held, "the site's console handler is not there"
    yield out
    for handler, stream in held:
        handler.setStream(stream)


class Watcher:
    """Everybody but the bidders, and everything but the box."""

    def __init__(self, play: Any, officer: User, folder: Path, log: io.StringIO) -> None:
        administrator = User.objects.create_user("admin", "admin@example.org", "x", is_staff=True, is_superuser=True)
        add_member(organisation=play.made.organisation, person=administrator, role="administrator")
        rival = User.objects.create_user("rival", "rival@example.org", "x")
        add_member(organisation=play.firm(9), person=rival, role="supplier")
        people = (officer, User.objects.get(username="ann"), administrator)
        self.office, self.rival = [signed_in(one) for one in people], signed_in(rival)
        self.made, self.folder, self.log = play.made, folder, log

    def own(self, to: list[str]) -> bool:
        """Is it to a bidder's own person, whose receipts only they see?"""
        return all(address.startswith("boss") for address in to)

    def seen(self) -> dict[str, bytes]:
        """Every page and file by who and where, the database twice, mails, log and the folders."""
        found = {}
        pk, home = self.made.pk, "/sv/arbetsbord"
        public = ("upphandling/", f"upphandling/{pk}/", f"upphandling/{pk}.json", f"upphandling/{pk}/eforms.json",
                  "upphandling/ocds.json", "upphandling/resultat/", "upphandling/resultat.csv")  # fmt: skip
        rows = [(Client(), f"/sv/1480/{path}") for path in public]
        for one in self.office:
            rows += [(one, f"{home}/upphandling/{pk}/{path}") for path in OFFICE]
            rows += [(one, f"{home}/upphandling/"), (one, f"{home}/ours/"), (one, f"{home}/ours/manniskor/")]
        for path in ("", f"{pk}/", f"{pk}/del-1/", f"{pk}/del-1/kvitto.json", "avtal/", "pass/"):
            rows.append((self.rival, f"{home}/anbud/firm-9/{path}"))
        for number, (client, address) in enumerate(rows):
            answer = client.get(address)
            found[f"{number} {answer.status_code} {address}"] = TOKEN.sub(b"", answer.content)
        return found | self._rest()

    def _rest(self) -> dict[str, bytes]:
        dumped = io.StringIO()
        call_command("dumpdata", stdout=dumped)
        mails = "\n".join(f"{item.to} {item.subject} {item.body}" for item in mail.outbox if not self.own(item.to))
        logged = self.log.getvalue()  # since the time before: what the bidders did in between is in it
        self.log.seek(0)
        self.log.truncate()
        files = sorted(str(path) for path in self.folder.rglob("*") if "box" not in path.parts)
        return {"dumpdata": dumped.getvalue().encode(), "sql": _sql(), "mails": mails.encode(),
                "log": logged.encode(), "files": "\n".join(files).encode()}  # fmt: skip


def _sql() -> bytes:
    """The whole database as SQL, where it is SQLite."""
    if connection.vendor != "sqlite":
        return b""
    return "\n".join(connection.connection.iterdump()).encode()


def test_nothing_but_the_bidder_s_own_pages_changes(
    play: Any, officer: User, tmp_path: Path, log: io.StringIO, django_capture_on_commit_callbacks: Any
) -> None:
    bosses = []
    for n in range(5):
        boss = User.objects.create_user(f"boss{n}", f"boss{n}@example.org", "x")
        add_member(organisation=play.firm(n), person=boss, role="supplier")
        MailChoice.objects.create(person=boss, receipts=True, language="sv" if n else "en")
        bosses.append(signed_in(boss))
    watcher = Watcher(play, officer, tmp_path, log)
    with django_capture_on_commit_callbacks(execute=True):
        asked = answers.ask(procurement=play.made, asker=play.firm(3), text="Får man dela?")
    with django_capture_on_commit_callbacks(execute=True):
        answers.reply(question=asked, text="Ja")
    told = sorted(item.to[0] for item in mail.outbox if not watcher.own(item.to))
    assert told == ["admin@example.org", "officer@example.org", "rival@example.org"]
    own_before = sum(watcher.own(item.to) for item in mail.outbox)
    assert own_before == 5, "every firm gets the answer, before anyone has bid"
    watcher.seen()  # the first time fills what is kept between requests
    seen = [watcher.seen()]
    own = [bosses[0].get(f"/sv/arbetsbord/anbud/firm-0/{play.made.pk}/").content]
    for n in range(5):
        _bid(bosses[n], play, n)
        if n + 1 in BIDS:
            remind(timezone.localdate())
            seen.append(watcher.seen())
    own.append(bosses[0].get(f"/sv/arbetsbord/anbud/firm-0/{play.made.pk}/").content)
    assert len(seen) == len(BIDS)
    assert len(seen[0]) > 40
    assert len([name for name in seen[0] if " 200 " in name]) > 32
    assert not [name for name in seen[0] if "/1480/" in name and " 200 " not in name]
    for name, content in seen[0].items():
        assert seen[1][name] == content, name
        assert seen[2][name] == content, name
    assert seen[0].keys() == seen[1].keys() == seen[2].keys()
    assert own[0] != own[1]
    whole = b"".join(seen[2].values())
    assert b"firm-0/" not in seen[2]["log"]
    assert b"Kanariebageriet 0 st" not in whole
    assert len(list((tmp_path / "box").rglob("submitted.json"))) == 5
    _only_the_bidders_have_receipts(own_before)


def _only_the_bidders_have_receipts(before: int) -> None:
    """Five bidders got three receipts and two words of withdrawal each, alone, in the language they chose."""
    own = [item for item in mail.outbox if all(address.startswith("boss") for address in item.to)][before:]
    assert len(own) == 5 * 5
    assert all(len(item.to) == 1 and not item.cc and not item.bcc for item in own)
    assert {item.subject for item in own if item.to == ["boss0@example.org"]} == {"Receipt", "The bid is withdrawn"}
    assert {item.subject for item in own if item.to == ["boss1@example.org"]} == {
        "Kvitto",
        "Anbudet är taget tillbaka",
    }


def test_receipts_written_as_files_lie_with_the_bidder(play: Any, tmp_path: Path, settings: Any) -> None:
    """Where nothing is sent, the folder of mail must not count the bids either."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    boss = User.objects.create_user("boss0", "boss0@example.org", "x")
    add_member(organisation=play.firm(0), person=boss, role="supplier")
    _bid(signed_in(boss), play, 0)
    assert not list(tmp_path.rglob("*.log")), "without having asked for it"
    MailChoice.objects.create(person=boss, receipts=True)
    _bid(signed_in(boss), play, 0)
    written_to = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*.log")}
    assert written_to == {"box"}
    assert not (tmp_path / "mail").exists()


def test_a_mail_server_that_fails_neither_undoes_a_bid_nor_tells_of_it(
    play: Any, settings: Any, log: io.StringIO
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    boss = User.objects.create_user("boss0", "boss0@example.org", "x")
    add_member(organisation=play.firm(0), person=boss, role="supplier")
    MailChoice.objects.create(person=boss, receipts=True)
    _bid(signed_in(boss), play, 0)
    assert "mail" not in log.getvalue()
    assert "boss0" not in log.getvalue()


def _bid(boss: Client, play: Any, n: int) -> None:
    """By the pages: a refused try, a bid, a receipt, a withdrawal, and the bid again."""
    address = f"/sv/arbetsbord/anbud/firm-{n}/{play.made.pk}/del-1/"
    assert boss.post(address, {"parts": SimpleUploadedFile("x", b"{")}).status_code == 422
    for _ in range(2):
        sealed = play.seal(play.made.lots.get(), n, 900_000_00 + n)
        parts = SimpleUploadedFile("p.json", json.dumps(written(sealed)).encode())
        body = SimpleUploadedFile("a.age", sealed.body)
        assert boss.post(address, {"body": body, "parts": parts}).status_code == 302
        assert boss.get(f"{address}kvitto.json").status_code == 200
        assert boss.post(f"{address}ta-tillbaka/").status_code == 302
    sealed = play.seal(play.made.lots.get(), n, 900_000_00 + n)
    parts = SimpleUploadedFile("p.json", json.dumps(written(sealed)).encode())
    assert boss.post(address, {"body": SimpleUploadedFile("a.age", sealed.body), "parts": parts}).status_code == 302


def test_there_is_no_counter_to_read() -> None:
    """No address of the site is one of metrics, statistics or an admin list."""
    names = {str(key) for key in get_resolver().reverse_dict if isinstance(key, str)}
    assert not [name for name in names if re.search("metric|prometheus|stats|admin:", name)]
