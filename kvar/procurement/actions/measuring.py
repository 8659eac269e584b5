"""Measured outcomes: the supplier says a month's number with its evidence, the officer checks it."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from kvar.core.errors import KvarError
from kvar.organisations.models import Membership
from kvar.procurement.actions import checking
from kvar.procurement.models import Contract, Measurement
from kvar.procurement.models.planning import jurisdiction_of
from kvar.procurement.months import check_month
from kvar.procurement.outcomes import Kind, kind_of, kinds
from kvar.procurement.record import record


def measurable(contract: Contract) -> list[Kind]:
    """The kinds that can be measured in a contract: made for its law, and not already promised in it."""
    law = jurisdiction_of(contract.buyer)
    promised = {found.id for row in contract.obligations.all() if (found := kind_of(row.kind, row.measure))}
    return [kind for kind in kinds().values() if kind.measured and kind.fits(law) and kind.id not in promised]


@dataclass(frozen=True, slots=True)
class Month:
    """What the supplier says of a month (yyyymm); money in minor units, `evidence` the sha256 of a kept file."""

    period: int
    amount: int
    of: int | None = None
    baseline: int | None = None
    note: str = ""
    evidence: str = ""


@transaction.atomic
def measure(*, contract: Contract, by: User, kind: str, month: Month) -> Measurement:
    """A month's number of a kind; `procurement.outcome.*` or `procurement.report.*` when something is wrong."""
    if not Membership.objects.filter(organisation=contract.supplier, person=by).exists():
        raise KvarError("procurement.report.supplier")
    known = {item.id: item for item in measurable(contract)}
    if kind not in known:
        raise KvarError("procurement.outcome.kind", kind=kind)
    if month.amount < 0 or not 1 <= month.period % 100 <= 12:
        raise KvarError("procurement.report.amount")
    check_month(contract, month.period)
    of = month.of if known[kind].of else None
    if known[kind].of and (not of or of < month.amount):
        raise KvarError("procurement.outcome.part")
    return Measurement.objects.create(
        contract=contract, by=by, kind=kind, period=month.period, amount=month.amount, of=of,
        baseline=month.baseline, note=month.note.strip(), evidence=month.evidence,
    )  # fmt: skip


@transaction.atomic
def check(*, measurement: Measurement, by: User, kept: bool, why: str = "") -> None:
    """The officer's check: only what is verified counts; a refusal tells the supplier why."""
    checking.check(measurement, buyer=measurement.contract.buyer, by=by, kept=kept, why=why)
    told = ("kind", "period", "amount", "of", "state")
    values = {"measurement": measurement.pk} | {name: getattr(measurement, name) for name in told}
    record(procurement=measurement.contract.award.lot.procurement, kind="verify", by="officer", values=values)
