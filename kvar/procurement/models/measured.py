"""What was measured in a contract without having been promised: terms checked, pay, local subcontractors."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from kvar.procurement.models.follow_up import Contract


class Measurement(models.Model):
    """A month's number of a kind (`kvar.procurement.outcomes`): `amount` in its unit, `of` what it is a part of.

    Money is minor units without VAT. `baseline` is the same number before the contract, where there is one. It counts
    once an officer has verified it.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="measurements")
    kind = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    period = models.PositiveIntegerField()  # yyyymm
    amount = models.BigIntegerField()
    of = models.BigIntegerField(null=True)
    baseline = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)
    evidence = models.CharField(max_length=64, blank=True)  # sha256 of the kept file
    state = models.CharField(max_length=10, default="reported")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checked = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        """In order of time; a part is no larger than the whole; a refusal has its reason; checked says by whom."""

        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=("reported", "verified", "refused")), name="measured_state"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="measured_amount"),
            models.CheckConstraint(condition=Q(of__isnull=True) | Q(of__gte=F("amount")), name="measured_part"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(why=""), name="measured_refused_why"),
            models.CheckConstraint(
                condition=Q(state="reported") | Q(checked_by__isnull=False), name="measured_by_whom"
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} {self.kind} {self.period}"
