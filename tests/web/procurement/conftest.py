"""A buyer with people, ready to plan a procurement."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone, translation

from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement import mails
from kvar.procurement.actions import bidding, evaluation, opening, planning
from kvar.procurement.models import Bid, Lot, Opener, Procurement
from kvar.procurement.rules.need import Need
from kvar.procurement.sealing.envelope import new_header, pack
from kvar.procurement.sealing.filled import Filled
from kvar.procurement.sealing.seal import Sealed, new_opener, own_parts, seal, written

LINEAR = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}
CRITERIA = [
    {"slug": "price", "kind": "price", "title": "Pris", "weight": 4000},
    {"slug": "quality", "kind": "quality", "title": "Kvalitet", "weight": 4000, "scale": "points"},
]
MEASURES = ["jobs_target", "internships"]


@pytest.fixture(autouse=True)
def swedish() -> Iterator[None]:
    """Addresses made by `reverse` are Swedish, whatever language the test before left behind."""
    with translation.override("sv"):
        yield


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Passwords are not what is tested here: each person would cost a tenth of a second."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def letters_at_once(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker's tasks, and what is done beside a request, are done when they are asked for."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(mails, "aside", lambda work: work())


@pytest.fixture
def buyer(db: None) -> Organisation:
    return Organisation.objects.create(slug="ours", name="Älvhamns kommun", country="SE", place="9901")


@pytest.fixture
def officer(buyer: Organisation) -> User:
    return person(buyer, "officer", "officer")


def person(organisation: Organisation, name: str, role: str) -> User:
    """A member."""
    found = User.objects.create_user(name, f"{name}@example.org", "x")
    add_member(organisation=organisation, person=found, role=role)  # type: ignore[arg-type]
    return found


@pytest.fixture
def planned(buyer: Organisation, officer: User) -> Callable[..., Procurement]:
    """A procurement of cleaning with price 40, quality 40 and two measures sharing 20; two drilled openers."""

    def make(value: int = 1_000_000_00, **more: Any) -> Procurement:
        need = Need("SE", "subcentral", "services", timezone.localdate(), value, "90910000", **more)
        made = planning.plan(organisation=buyer, by=officer, title="Städning", text="Rena skolor", need=need)
        planning.choose_criteria(procurement=made, rows=CRITERIA)
        planning.choose_measures(procurement=made, policy="lou", chosen=MEASURES, weight=2000)
        for name in ("ann", "bo"):
            opener = User.objects.filter(username=name).first() or person(buyer, name, "evaluator")
            planning.appoint(procurement=made, person=opener, recipient=new_opener()[1])
        Opener.objects.filter(procurement=made).update(drilled=timezone.now())
        return made

    return make


@pytest.fixture
def published(planned: Callable[..., Procurement]) -> Procurement:
    """The same, published for thirty days."""
    made = planned()
    deadline = timezone.now() + timedelta(days=30)
    planning.publish(procurement=made, route="advertised", deadline=deadline, price=LINEAR)
    return made


class Play:
    """A published procurement with its openers' keys, and what bidders and openers do at their own desks."""

    def __init__(self, made: Procurement) -> None:
        self.made, self.keys = made, {}
        for opener in Opener.objects.filter(procurement=made):
            self.keys[str(opener.pk)], opener.recipient = new_opener()
            opener.save()

    def firm(self, n: int) -> Organisation:
        """Firm n of the town."""
        words = {"name": f"Kanariebageriet {n}", "country": "SE", "place": "9901", "kind": "firm"}
        return Organisation.objects.get_or_create(slug=f"firm-{n}", defaults=words)[0]

    def seal(self, lot: Lot, n: int, price: int, files: dict[str, bytes] | None = None, **answers: Any) -> Sealed:
        """What firm n's own machine does."""
        given = answers or {"quality": {"text": f"Kanariebageriet {n} städar"}, "m-jobs-target": {"target": 4}}
        filled = Filled(str(lot.procurement_id), lot.number, f"firm-{n}", {}, price, given, files or {})
        content = filled.content()
        header = new_header(str(lot.procurement_id), str(lot.number), f"firm-{n}", content)
        return seal(pack(header, content), bidding.recipients(lot.procurement))

    def bid(self, n: int, price: int, lot: Lot | None = None, **more: Any) -> dict[str, Any]:
        """Firm n seals, uploads and submits; its receipt."""
        lot = lot or self.made.lots.all()[0]
        sealed = self.seal(lot, n, price, **more)
        sha256 = bidding.upload(lot=lot, bidder=self.firm(n), body=io.BytesIO(sealed.body))
        return bidding.submit(lot=lot, bidder=self.firm(n), sha256=sha256, parts=written(sealed))[0]

    def over(self) -> None:
        """The deadline passes."""
        then = timezone.now()
        Procurement.objects.filter(pk=self.made.pk).update(published=then - timedelta(days=40), deadline=then)
        self.made = Procurement.objects.get(pk=self.made.pk)

    def parts(self, username: str) -> dict[str, dict[str, str]]:
        """What an opener has decrypted at their own desk."""
        opener = Opener.objects.get(procurement=self.made, person__username=username)
        return own_parts(opening.parts_for(self.made, opener.person), self.keys[str(opener.pk)])

    def open(self) -> Procurement:
        """After the deadline: ann and bo open."""
        self.over()
        for name in ("ann", "bo"):
            person = User.objects.get(username=name)
            opening.contribute(procurement=self.made, person=person, parts=self.parts(name))
        self.made = Procurement.objects.get(pk=self.made.pk)
        return self.made

    def score_all(self) -> None:
        """Ann and bo score everything 4 of 5, or 80 of 100, apart and then together."""
        ann, bo = (User.objects.get(username=name) for name in ("ann", "bo"))
        for found in Bid.objects.filter(lot__procurement=self.made, state="opened"):
            for criterion in self.made.criteria.exclude(kind="price"):
                given = 80 if criterion.scale == "points" else 4
                for one in (ann, bo):
                    evaluation.score(bid=found, criterion=criterion, by=one, given=given, reason="Tydlig plan")
                evaluation.agree(bid=found, criterion=criterion, by=ann, given=given, reason="Vi är ense")


@pytest.fixture
def play(planned: Callable[..., Procurement], settings: Any, tmp_path: Path) -> Play:
    """The cleaning procurement, open for bids, its box in a folder of the test's own."""
    settings.DATA = tmp_path
    found = Play(planned())
    deadline = timezone.now() + timedelta(days=30)
    planning.publish(procurement=found.made, route="advertised", deadline=deadline, price=LINEAR)
    return found


@pytest.fixture
def supplier(play: Play) -> User:
    """A person of firm 0."""
    return person(play.firm(0), "boss", "supplier")
