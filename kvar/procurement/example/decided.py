"""Bids sealed, opened, judged, awarded and followed up: the part of the example that lies in the past."""

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from kvar.procurement.actions import bidding, evaluation, follow_up, judging, measuring, opening
from kvar.procurement.example.clock import at, day
from kvar.procurement.example.people import Cast
from kvar.procurement.models import Bid, Contract, Procurement
from kvar.procurement.sealing.envelope import new_header, pack
from kvar.procurement.sealing.filled import Filled
from kvar.procurement.sealing.seal import own_parts, seal, written


@dataclass(frozen=True, slots=True)
class Offer:
    """An invented bid: price in kronor, targets promised by measure, and the level each question is given."""

    price: int
    targets: dict[str, int]
    level: int
    why: str


GROUNDS = (
    Offer(2_050_000, {"m-jobs-target": 3, "m-internships": 4}, 4, "Tydlig årsplan och namngiven kontaktperson"),
    Offer(
        1_980_000, {"m-jobs-target": 1, "m-internships": 1}, 3, "Planen täcker det mesta men saknar vinterväghållning"
    ),
    Offer(2_240_000, {"m-jobs-target": 2, "m-internships": 2}, 4, "Genomarbetad plan, många maskinbyten"),
)
WINDOWS = (
    Offer(840_000, {"m-internships": 1}, 4, "Fallskydd och utbildning redovisas"),
    Offer(910_000, {"m-internships": 2}, 5, "Fallskydd, utbildning och reservplan redovisas"),
)


def opened(players: Cast, made: Procurement) -> None:
    """Bids before the deadline, opened by both after it; the first evaluator has begun."""
    with at(day(-15)):
        _bid(players, made, WINDOWS)
    with at(day(-9)):
        _open(players, made)
    with at(day(-8)):
        _declare(players, made)


def followed_up(players: Cast, made: Procurement) -> None:
    """The whole way: bids, opening, scores, award, contract, and reports of two quarters."""
    with at(day(-140)):
        _bid(players, made, GROUNDS)
    with at(day(-134)):
        _open(players, made)
    with at(day(-130)):
        _declare(players, made)
        _score(players, made, GROUNDS)
    with at(day(-127)):
        award = evaluation.award(lot=made.lots.get(), by=players.officer, reasons=REASONS)
    with at(day(-115)):
        today = timezone.localdate()
        contract = follow_up.sign(award=award, by=players.officer, starts=today, ends=today + timedelta(days=365))
    _reports(players, contract)
    _measured(players, contract)


def _bid(players: Cast, made: Procurement, offers: tuple[Offer, ...]) -> None:
    lot = made.lots.get()
    for (firm, _), offer in zip(players.firms, offers, strict=False):
        text = "Vi söker personer genom Jobbcentrum och har en handledare."
        answers: dict[str, dict[str, Any]] = {
            name: {"target": target, "text": text} for name, target in offer.targets.items()
        }
        words = {row.slug: {"text": "Vår plan följer med anbudet."} for row in made.criteria.filter(kind="quality")}
        filled = Filled(str(made.pk), lot.number, firm.slug, {}, offer.price * 100, {**answers, **words}, {})
        content = filled.content()
        header = new_header(str(made.pk), str(lot.number), firm.slug, content)
        sealed = seal(pack(header, content), bidding.recipients(made))
        sha256 = bidding.upload(lot=lot, bidder=firm, body=io.BytesIO(sealed.body))
        bidding.submit(lot=lot, bidder=firm, sha256=sha256, parts=written(sealed))


def _open(players: Cast, made: Procurement) -> None:
    for person, (secret, _) in zip(players.openers, players.keys, strict=True):
        parts = own_parts(opening.parts_for(made, person), secret)
        opening.contribute(procurement=made, person=person, parts=parts)


def _declare(players: Cast, made: Procurement) -> None:
    held = Procurement.objects.get(pk=made.pk)
    for person in players.openers:
        judging.declare(procurement=held, by=person, free=True)


def _score(players: Cast, made: Procurement, offers: tuple[Offer, ...]) -> None:
    """Both apart, then together; a measure by how much is promised beside the others."""
    by_firm = {firm.pk: offer for (firm, _), offer in zip(players.firms, offers, strict=False)}
    for bid in Bid.objects.filter(lot__procurement=made, state="opened"):
        offer = by_firm[bid.bidder_id]
        for criterion in made.criteria.exclude(kind="price"):
            most = max(other.targets.get(criterion.slug, 0) for other in offers)
            target = offer.targets.get(criterion.slug, 0)
            given = offer.level if criterion.kind == "quality" else 1 + round(4 * target / most)
            why = offer.why if criterion.kind == "quality" else f"Lovar {target}, högst bland anbuden är {most}"
            words: dict[str, Any] = {"bid": bid, "criterion": criterion, "given": given, "reason": why}
            for person in players.openers:
                evaluation.score(by=person, **words)
            evaluation.agree(by=players.openers[0], **words)


def _reports(players: Cast, contract: Contract) -> None:
    """Two quarters: the jobs come, the internships lag; one report waits to be checked."""
    firm_person = next(person for firm, person in players.firms if firm.pk == contract.supplier_id)
    rows = {row.measure: row for row in contract.obligations.all() if row.measure}
    for ago, name, amount in ((-80, "m-jobs-target", 1), (-10, "m-jobs-target", 1), (-9, "m-internships", 1)):
        if name not in rows:
            continue
        with at(day(ago)):
            period = int(f"{timezone.localdate():%Y%m}")
            note = "Anställd genom Jobbcentrum." if name == "m-jobs-target" else "Praktik sex veckor."
            made = follow_up.report(obligation=rows[name], by=firm_person, period=period, amount=amount, note=note)
        if name == "m-jobs-target":
            with at(day(ago + 5)):
                follow_up.verify(report=made, by=players.officer, kept=True)


def _measured(players: Cast, contract: Contract) -> None:
    """What was not promised but measured: terms checked, and what went to subcontractors; the latter waits."""
    person = next(person for firm, person in players.firms if firm.pk == contract.supplier_id)
    for ago, kind, amount, of in ((-4, "labour_terms", 13, 14), (-1, "local_subcontracting", 182_000_00, 260_000_00)):
        with at(day(ago)):
            month = measuring.Month(int(f"{timezone.localdate():%Y%m}"), amount, of)
            made = measuring.measure(contract=contract, by=person, kind=kind, month=month)
        if kind == "labour_terms":
            with at(day(ago + 2)):
                measuring.check(measurement=made, by=players.officer, kept=True)


REASONS = (
    "Anbudet har inte lägst pris men bäst plan för skötseln och lovar flest anställningar och praktikplatser i "
    "uppdraget. Rangordningen följer den publicerade modellen."
)
