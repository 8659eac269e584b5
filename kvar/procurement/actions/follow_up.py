"""Follow-up: a contract is signed, promises become obligations, reports are verified, broken promises have steps."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.models import Membership
from kvar.procurement.actions.checking import check
from kvar.procurement.evaluation.policy import slug_of, versions
from kvar.procurement.models import Award, Contract, Obligation, Procurement, Report, Term
from kvar.procurement.months import check_month
from kvar.procurement.record import record

STEPS = ("none", "reminder", "plan", "clause")  # what is done when a promise is not kept, in this order


@transaction.atomic
def sign(*, award: Award, by: User, starts: date, ends: date, district: str = "") -> Contract:
    """Sign after the standstill; the winner's promises and the terms become obligations.

    The procurement is contracted when no lot is left: each signed, or closed without an award.
    """
    held = Procurement.objects.select_for_update().get(pk=award.lot.procurement_id)
    if held.phase not in ("evaluation", "awarded"):
        raise KvarError("procurement.sign.not_now")
    if Contract.objects.filter(award=award).exists():
        raise KvarError("procurement.sign.twice")
    if timezone.now() < award.may_sign:
        raise KvarError("procurement.sign.standstill", day=timezone.localtime(award.may_sign).date().isoformat())
    if ends < starts:
        raise KvarError("procurement.sign.days")
    procurement = award.lot.procurement
    contract = Contract.objects.create(
        award=award, buyer=procurement.organisation, supplier=award.bid.bidder, signed=timezone.now(),
        starts=starts, ends=ends, value=award.bid.price or 0,
    )  # fmt: skip
    promised = _promises(contract, procurement)
    for item in promised:
        item.district = district
    made = Obligation.objects.bulk_create(promised)
    if not held.lots.filter(closed="", award__contract__isnull=True).exists():
        Procurement.objects.filter(pk=procurement.pk).update(phase="contracted")
    values = {"contract": str(contract.pk), "lot": award.lot.number, "obligations": len(made), "signed_by": by.pk}
    record(procurement=procurement, kind="sign", by="officer", values=values)
    return contract


def _promises(contract: Contract, procurement: Procurement) -> list[Obligation]:
    """One obligation a promised target, and one a term; what was only described in words has no target to follow."""
    answers = contract.award.bid.answers
    measures, themes = procurement.criteria.filter(kind="social"), _themes(procurement.policy)
    found = [
        Obligation(contract=contract, kind="measure", measure=item.slug, title=item.title, titles=item.titles,
                   unit=item.unit, theme=themes.get(item.slug, ""),
                   target=answers[item.slug]["target"], due=contract.ends)
        for item in measures
        if _target(answers.get(item.slug))
    ]  # fmt: skip
    terms = procurement.terms.all()
    return found + [
        Obligation(contract=contract, kind=term.kind, title=term.clause[:200], unit=_unit(term),
                   target=term.number or 1, due=term.follow_up or contract.ends)
        for term in terms
    ]  # fmt: skip


def _themes(policy: str) -> dict[str, str]:
    """Criterion slug -> theme, for every measure of any version of a policy."""
    found = [theme for version in versions(policy) for theme in version.themes] if policy else []
    return {slug_of(measure.id): theme.id for theme in found for measure in theme.measures}


def _unit(term: Term) -> str:
    return "persons" if term.number else "check"


def _target(answer: object) -> bool:
    return isinstance(answer, Mapping) and isinstance(answer.get("target"), int) and answer["target"] > 0


@transaction.atomic
def report(
    *, obligation: Obligation, by: User, period: int, amount: int, note: str = "", evidence: str = ""
) -> Report:
    """The supplier's word on what was done in a month; only a member of the supplier may give it."""
    if not Membership.objects.filter(organisation=obligation.contract.supplier, person=by).exists():
        raise KvarError("procurement.report.supplier")
    if amount < 0 or not 1 <= period % 100 <= 12:
        raise KvarError("procurement.report.amount")
    check_month(obligation.contract, period)
    return Report.objects.create(
        obligation=obligation, by=by, period=period, amount=amount, note=note.strip(), evidence=evidence
    )


@transaction.atomic
def verify(*, report: Report, by: User, kept: bool, why: str = "") -> None:
    """The officer's check: only what is verified counts; a refusal tells the supplier why."""
    check(report, buyer=report.obligation.contract.buyer, by=by, kept=kept, why=why)
    values = {
        "obligation": report.obligation_id,
        "period": report.period,
        "amount": report.amount,
        "state": report.state,
    }
    _log(report.obligation, "verify", values)


@transaction.atomic
def next_step(*, obligation: Obligation, by: User, why: str) -> str:
    """One step further when a promise is not kept: reminder, a written plan, then the contract's clause."""
    if obligation.step + 1 >= len(STEPS):
        raise KvarError("procurement.step.last")
    if not why.strip():
        raise KvarError("procurement.score.reason")
    obligation.step += 1
    obligation.save(update_fields=["step"])
    values = {"obligation": obligation.pk, "step": STEPS[obligation.step], "why": why.strip(), "signed_by": by.pk}
    _log(obligation, "promise", values)
    return STEPS[obligation.step]


def _log(obligation: Obligation, kind: str, values: Mapping[str, Any]) -> None:
    record(procurement=obligation.contract.award.lot.procurement, kind=kind, by="officer", values=values)


def overdue(obligations: Sequence[Obligation], today: date) -> list[Obligation]:
    """Those past their day whose verified sum is below the target."""
    return [item for item in obligations if item.due < today and done(item) < item.target]


def done(obligation: Obligation) -> int:
    """The verified sum, in the obligation's unit."""
    return sum(Report.objects.filter(obligation=obligation, state="verified").values_list("amount", flat=True))
