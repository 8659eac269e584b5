"""From an invented plan to a published procurement, by the ordinary actions."""

from datetime import timedelta

from django.utils import timezone

from kvar.procurement import residents
from kvar.procurement.actions import drafting, keys, planning, proposals
from kvar.procurement.example.clock import day
from kvar.procurement.example.people import Cast
from kvar.procurement.example.plans import Plan
from kvar.procurement.models import Opener, Procurement
from kvar.procurement.rules.need import Need
from kvar.procurement.sealing.seal import part_of


def plan_of(players: Cast, plan: Plan) -> Procurement:
    """The plan as the officer begins it."""
    facts = frozenset({*plan.facts, "electronic"})
    need = Need("SE", "subcentral", plan.kind, timezone.localdate(), plan.value * 100, plan.cpv,  # type: ignore[arg-type]
                facts=facts)  # fmt: skip
    made = planning.plan(organisation=players.buyer, by=players.officer, title=plan.title, text=plan.need, need=need)
    drafting.write_function(procurement=made, rows=plan.function)
    for source, who, text, _ in plan.proposals:
        proposals.deliver(procurement=made, source=source, who=who, received=timezone.localdate(), text=text)
    return made


def _answer(players: Cast, made: Procurement, plan: Plan) -> None:
    """What became of each: the part of the plan that begins so, or no, by the law and in words."""
    found = residents.targets(made, "sv")
    for row, (_, _, _, became) in zip(made.proposals.all(), plan.proposals, strict=True):
        key = next((item.key for item in found if item.title.startswith(became)), None)
        words = {"target": key} if key else {"target": "no", "ground": "local", "reason": became}
        proposals.answer(proposal=row, by=players.officer, **words)


def published(players: Cast, plan: Plan, *, days: int, meeting: tuple[int, str] | None = None) -> Procurement:
    """The plan filled in, its openers drilled, and published now with so many days to answer."""
    made = plan_of(players, plan)
    if meeting:
        invited = drafting.invite(procurement=made, at=day(meeting[0], 17), where="Kommunhuset",
                                  invitation="Hur ska städningen delas så att fler kan lämna anbud?")  # fmt: skip
        drafting.write_notes(meeting=invited, notes=meeting[1])
    _divide(made, plan)
    judge_by(made, plan)
    for term in plan.terms:
        follow_up = timezone.localdate() + timedelta(days=300)
        planning.add_term(procurement=made, **term, follow_up=follow_up)
    _answer(players, made, plan)
    for person, (secret, public) in zip(players.openers, players.keys, strict=True):
        planning.appoint(procurement=made, person=person)
        _drill(keys.register_key(procurement=made, person=person, recipient=public), secret)
    deadline = (timezone.localtime() + timedelta(days=days)).replace(hour=12, minute=0)
    planning.publish(procurement=made, route=made.route, deadline=deadline, price=made.price_part)
    return made


def _divide(made: Procurement, plan: Plan) -> None:
    lots = [(title, value * 100) for title, value in plan.lots] or [(plan.title, plan.value * 100)]
    planning.divide(procurement=made, lots=lots, reason=plan.reason)


def judge_by(made: Procurement, plan: Plan) -> None:
    """Price, questions and measures as the plan weighs them."""
    rows = [{"slug": "price", "kind": "price", "title": "Pris", "weight": plan.price * 100}]
    rows += [
        {"slug": slug, "kind": "quality", "title": title, "weight": weight * 100, "scale": "(level-1)/4"}
        for slug, title, weight in plan.questions
    ]
    planning.choose_criteria(procurement=made, rows=rows)
    planning.choose_measures(procurement=made, policy="lou", chosen=plan.measures, weight=plan.social * 100)
    drafting.note_measures(procurement=made, chosen_by="Tekniska nämnden (påhittad), § 14", reason="")
    line = {"kind": "linear", "full_at": 0, "zero_at": plan.zero_at * 100, "floored": False}
    price = line if plan.zero_at else {"kind": "deduction", "base": plan.value * 100}
    drafting.choose_price(procurement=made, price=price)


def _drill(opener: Opener, secret: str) -> None:
    keys.drill(opener=opener, answer=part_of(keys.challenge(opener), secret).decode())
