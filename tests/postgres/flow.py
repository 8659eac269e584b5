"""The core of a procurement on PostgreSQL, with threads that have connections of their own: run by test_procurement.

Prints one line a part that held. Every wait is for a row lock or for the clock of a deadline a second away.
"""

import io
import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import close_old_connections, connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from kvar.core.errors import KvarError  # noqa: E402
from kvar.organisations.models import Organisation  # noqa: E402
from kvar.procurement import verifier  # noqa: E402
from kvar.procurement.actions import answers, bidding, evaluation, judging, opening, planning  # noqa: E402
from kvar.procurement.example.made import published  # noqa: E402
from kvar.procurement.example.people import Cast, cast  # noqa: E402
from kvar.procurement.example.plans import GROUNDS  # noqa: E402
from kvar.procurement.models import Bid, Lot, Procurement  # noqa: E402
from kvar.procurement.record import record  # noqa: E402
from kvar.procurement.sealing.envelope import new_header, pack  # noqa: E402
from kvar.procurement.sealing.filled import Filled  # noqa: E402
from kvar.procurement.sealing.seal import own_parts, seal, written  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MANY = 8


def main() -> None:
    """Everything in order; an AssertionError is a failure."""
    call_command("migrate", verbosity=0)
    call_command("makemigrations", "organisations", "procurement", check=True, dry_run=True, verbosity=0)
    assert connection.vendor == "postgresql"
    buyer = Organisation.objects.create(
        slug="kommunen", name="Älvhamns kommun (påhittad)", country="SE", place="9901"
    )
    players = cast(buyer, "x", Path(settings.DATA) / "keys")
    for act in (refuses_nul, appended, published_once, at_the_deadline, moved_meanwhile, opened_once_and_awarded):
        act(players)
        sys.stdout.write(f"{act.__name__}\n")


def together(act: Callable[[int], Any], n: int = MANY) -> list[Any]:
    """What n threads got, all let go at once; a refusal is its code."""
    gate = threading.Barrier(n)

    def run(number: int) -> Any:
        close_old_connections()
        try:
            gate.wait(timeout=20)
            return act(number)
        except KvarError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(run, range(n)))


def refuses_nul(players: Cast) -> None:
    """Text with NUL, which no PostgreSQL text holds, is refused by a page and never fails."""
    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(players.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    words = {"title": "Gr\0nytor", "text": "x", "kind": "services", "value": "1 000 000"}
    for address in ("/sv/arbetsbord/upphandling/ny/kommunen/", "/en/arbetsbord/upphandling/ny/kommunen/?a=%00"):
        answer = browser.post(address, words)
        text = answer.content.decode()
        assert answer.status_code == 400, answer.status_code
        assert "(teckenkod 0)" in text or "(character code 0)" in text
    assert browser.get("/sv/9901%00/upphandling/").status_code == 404


def appended(players: Cast) -> None:
    """Leaves written by many at once are numbered without gaps, and the root is the same for all."""
    made = published(players, GROUNDS, days=30)

    def append(number: int) -> None:
        for turn in range(5):
            record(procurement=made, kind="answer", by="officer", values={"from": number, "turn": turn})

    together(append)
    leaves = list(made.leaves.values_list("number", "text"))
    assert [number for number, _ in leaves] == list(range(1 + MANY * 5)), leaves
    written_by = {(v["from"], v["turn"]) for _, text in leaves[1:] for v in [json.loads(text)["values"]]}
    assert len(written_by) == MANY * 5


def published_once(players: Cast) -> None:
    """Many clicks on Publish publish once."""
    draft = published(players, GROUNDS, days=30)
    Procurement.objects.filter(pk=draft.pk).update(phase="planning", published=None, deadline=None, model=None)
    draft.leaves.all().delete()
    deadline = timezone.now() + timedelta(days=30)

    def publish(_: int) -> str:
        own = Procurement.objects.get(pk=draft.pk)
        planning.publish(procurement=own, route=own.route, deadline=deadline, price=own.price_part)
        return "published"

    found = together(publish, 4)
    assert sorted(found) == ["procurement.frozen"] * 3 + ["published"], found
    assert draft.leaves.filter(text__contains='"kind":"publish"').count() == 1


def at_the_deadline(players: Cast) -> None:
    """Whoever waits for the row while the deadline passes is late; whoever got it before is not."""
    made = published(players, GROUNDS, days=30)
    lot, firm = made.lots.get(), players.firms[0][0]
    words = sealed(lot, firm, 2_000_000)
    deadline = timezone.now() + timedelta(seconds=1.5)
    Procurement.objects.filter(pk=made.pk).update(deadline=deadline)
    receipt, _ = bidding.submit(lot=again(lot), bidder=firm, **words)
    held = threading.Event()

    def waits(number: int) -> Any:
        if number == 0:
            with transaction.atomic():
                Procurement.objects.select_for_update().get(pk=made.pk)
                held.set()
                time.sleep(max(0, (deadline - timezone.now()).total_seconds()) + 0.3)
            return "held the row"
        held.wait(timeout=20)
        assert timezone.now() < deadline, "the machine is too slow for this test"
        return bidding.submit(lot=again(lot), bidder=firm, **words)

    found = together(waits, 4)
    assert found == ["held the row", *["procurement.bid.late"] * 3], found
    kept = bidding.receipt_of(lot, firm)
    assert kept is not None
    assert kept[0] == receipt, "the bid that was in time stands as it was"


def moved_meanwhile(players: Cast) -> None:
    """A deadline moved in the same moment is seen by a bid that waited for it."""
    made = published(players, GROUNDS, days=30)
    lot, firm = made.lots.get(), players.firms[0][0]
    words = sealed(lot, firm, 2_000_000)
    deadline = timezone.now() + timedelta(seconds=1.5)
    Procurement.objects.filter(pk=made.pk).update(deadline=deadline)
    held = threading.Event()

    def meets(number: int) -> Any:
        if number == 0:
            with transaction.atomic():
                own = Procurement.objects.select_for_update().get(pk=made.pk)
                answers.extend(procurement=own, deadline=deadline + timedelta(days=7))
                held.set()
                time.sleep(max(0, (deadline - timezone.now()).total_seconds()) + 0.3)
            return "moved"
        held.wait(timeout=20)
        return bidding.submit(lot=again(lot), bidder=firm, **words)[0]["at"]

    moved, at = together(meets, 2)
    assert moved == "moved"
    assert at > deadline.isoformat(), "sent before, taken after the old deadline by the clock inside"


def opened_once_and_awarded(players: Cast) -> None:
    """Two openers at once open once; scores, award and an outside check follow."""
    made = published(players, GROUNDS, days=30)
    lot = made.lots.get()
    for n, (firm, _) in enumerate(players.firms):
        bidding.submit(lot=lot, bidder=firm, **sealed(lot, firm, 2_000_000 + n))
    now = timezone.now()
    Procurement.objects.filter(pk=made.pk).update(published=now - timedelta(days=30), deadline=now)
    made = Procurement.objects.get(pk=made.pk)
    keys = [secret for secret, _ in players.keys]

    def contribute(number: int) -> bool:
        person = players.openers[number]
        parts = own_parts(opening.parts_for(made, person), keys[number])
        return opening.contribute(procurement=made, person=person, parts=parts)

    assert sorted(together(contribute, 2)) == [False, True]
    assert Bid.objects.filter(lot=lot, state="opened").count() == len(players.firms)
    assert made.leaves.filter(text__contains='"kind":"open"').count() == 1
    made = Procurement.objects.get(pk=made.pk)
    together(lambda number: judging.declare(procurement=made, by=players.openers[number], free=True), 2)
    for bid in Bid.objects.filter(lot=lot):
        for criterion in made.criteria.exclude(kind="price"):
            words: dict[str, Any] = {"bid": bid, "criterion": criterion, "given": 4, "reason": "Tydlig plan"}
            together(lambda number, words=words: evaluation.score(by=players.openers[number], **words), 2)
            evaluation.agree(by=players.openers[0], **words)
    found = together(lambda _: evaluation.award(lot=lot, by=players.officer, reasons="Bäst plan"), 2)
    assert sum(not isinstance(one, str) for one in found) == 1, found
    checked = verifier.faults(evaluation.public_record(again(lot)))
    assert checked == [], checked


def sealed(lot: Lot, firm: Organisation, price: int) -> dict[str, Any]:
    """An uploaded bid, and the words to submit it by."""
    answer = {row.slug: {"text": "Vår plan.", "target": 2} for row in lot.procurement.criteria.exclude(kind="price")}
    filled = Filled(str(lot.procurement_id), lot.number, firm.slug, {}, price * 100, answer, {})
    content = filled.content()
    header = new_header(str(lot.procurement_id), str(lot.number), firm.slug, content)
    made = seal(pack(header, content), bidding.recipients(lot.procurement))
    sha256 = bidding.upload(lot=lot, bidder=firm, body=io.BytesIO(made.body))
    return {"sha256": sha256, "parts": written(made)}


def again(lot: Lot) -> Lot:
    """The lot read anew, in the thread that asks."""
    return Lot.objects.select_related("procurement").get(pk=lot.pk)


if __name__ == "__main__":
    main()
