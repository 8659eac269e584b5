"""What was promised and what became of it: contracts, obligations, the supplier's reports, the officer's check.

Amounts are in the obligation's own unit (persons, hours, kg CO2e, per cent, minor units for money), whole numbers.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from kvar.organisations.models import Organisation
from kvar.procurement.models.bids import Award
from kvar.procurement.models.titled import Titled


class Contract(models.Model):
    """A signed contract; nothing is signed before the award's standstill has run out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="contract")
    buyer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contracts_as_buyer")
    supplier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contracts_as_supplier")
    signed = models.DateTimeField()
    starts = models.DateField()
    ends = models.DateField()
    value = models.BigIntegerField()
    history = HistoricalRecords()

    class Meta:
        """Ends after it starts."""

        constraints = (models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="contract_days"),)

    def __str__(self) -> str:
        return f"{self.supplier_id} {self.starts}"


class Obligation(Titled):
    """A promise of the contract: a measure's target, or a term, due on a day; `step` is how far a breach has gone."""

    KINDS = ("measure", "employment", "labour", "social")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="obligations")
    kind = models.CharField(max_length=12)
    theme = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=20)
    target = models.BigIntegerField()
    due = models.DateField()
    district = models.CharField(max_length=20, blank=True)
    step = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        """Soonest first; known kinds; something is promised."""

        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=("measure", "employment", "labour", "social")),
                                   name="obligation_kind"),
            models.CheckConstraint(condition=Q(target__gt=0), name="obligation_target"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Report(models.Model):
    """What the supplier says was done, with evidence; it counts once an officer has verified it."""

    STATES = ("reported", "verified", "refused")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    period = models.PositiveIntegerField()  # yyyymm
    amount = models.BigIntegerField()
    note = models.TextField(blank=True)
    evidence = models.CharField(max_length=64, blank=True)  # sha256 of the kept file
    state = models.CharField(max_length=10, default="reported")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checked = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        """In order of time; a refusal has its reason; what is checked says by whom."""

        ordering = ("at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=("reported", "verified", "refused")), name="report_state"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="report_amount"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(why=""), name="refusal_has_reason"),
            models.CheckConstraint(
                condition=Q(state="reported") | Q(checked_by__isnull=False), name="checked_by_whom"
            ),
        )

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.period} {self.amount}"
