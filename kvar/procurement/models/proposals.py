"""What residents propose to a procurement, and what became of each: the door between them and the officer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from kvar.procurement.models.planning import Procurement

SOURCES = ("forum", "jury", "letter")
BECAME = ("", "requirement", "criterion", "measure", "term", "no")


class Proposal(models.Model):
    """A proposal with where it comes from; `who` is a role ("parents of the school"), never a person's name.

    Answered, it `became` a requirement, criterion, measure or term (`target` is the key of which, `kvar.procurement.
    residents`), or "no" with the reason and, where the law says so, the ground.
    """

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="proposals")
    source = models.CharField(max_length=10)
    reference = models.CharField(max_length=200, blank=True)  # which forum or jury, its minutes
    who = models.CharField(max_length=200)
    received = models.DateField()
    text = models.TextField()
    became = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        """As they came; what was taken says as what, what was not says why."""

        ordering = ("received", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(source__in=("forum", "jury", "letter")), name="proposal_source"),
            models.CheckConstraint(
                condition=Q(became__in=BECAME), name="proposal_became"
            ),
            models.CheckConstraint(
                condition=Q(became__in=("", "no")) | ~Q(target=""), name="proposal_taken_as"
            ),
            models.CheckConstraint(condition=~Q(became="no") | ~Q(reason=""), name="proposal_refused_why"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.text[:60]
