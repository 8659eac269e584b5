"""Bids once opened (before that nothing of them is in the database), their scores, and the award.

Amounts are minor units without VAT; points are exact fractions worked out when asked for, never stored.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from kvar.organisations.models import Organisation
from kvar.procurement.models.planning import Criterion, Lot, Procurement


class OpeningPart(models.Model):
    """What an appointed opener has decrypted of the sealed keys; worthless until a second opener's stands beside."""

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="opening_parts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)
    parts = models.JSONField()  # seal id -> pair ("a+b") -> base64

    class Meta:
        """One contribution a person."""

        constraints = (models.UniqueConstraint(fields=("procurement", "person"), name="one_contribution"),)

    def __str__(self) -> str:
        return f"{self.procurement_id} {self.person_id}"


class Bid(models.Model):
    """An opened bid for a lot; `state` tells whether it could be read, and why it was set aside if so."""

    STATES = ("opened", "unreadable", "rejected", "withdrawn")
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="bids")
    bidder = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    submitted = models.DateTimeField()
    state = models.CharField(max_length=12, default="opened")
    reason = models.TextField(blank=True)
    price = models.BigIntegerField(null=True)
    answers = models.JSONField(default=dict)  # criterion slug -> {text, target, unit, plan}
    files = models.JSONField(default=list)  # {name, sha256, size} of what was attached
    asked = models.DateTimeField(null=True)  # when a low price was asked to be explained
    explanation = models.TextField(blank=True)

    class Meta:
        """One bid a bidder and lot; an opened one has a price."""

        constraints = (
            models.UniqueConstraint(fields=("lot", "bidder"), name="one_bid_a_lot"),
            models.CheckConstraint(condition=Q(state__in=("opened", "unreadable", "rejected", "withdrawn")),
                                   name="bid_state"),
            models.CheckConstraint(condition=~Q(state="opened") | Q(price__gt=0), name="opened_has_price"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.lot_id} {self.state}"


class Declaration(models.Model):
    """An evaluator's word, once the bidders are known, on having no interest in any of them; or which interest."""

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="declarations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    free = models.BooleanField()
    text = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """One a person; an interest is described."""

        constraints = (
            models.UniqueConstraint(fields=("procurement", "person"), name="one_declaration"),
            models.CheckConstraint(condition=Q(free=True) | ~Q(text=""), name="interest_described"),
        )

    def __str__(self) -> str:
        return f"{self.procurement_id} {self.person_id} {self.free}"


class Score(models.Model):
    """What a bid was given for a criterion: by one evaluator apart, or by both together (`joint`)."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT)
    evaluator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    joint = models.BooleanField(default=False)
    given = models.PositiveSmallIntegerField()
    reason = models.TextField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """One score apart an evaluator, one joint score a bid and criterion, always with a reason."""

        constraints = (
            models.UniqueConstraint(fields=("bid", "criterion", "evaluator"), condition=Q(joint=False),
                                    name="one_score_apart"),
            models.UniqueConstraint(fields=("bid", "criterion"), condition=Q(joint=True), name="one_joint_score"),
            models.CheckConstraint(condition=~Q(reason=""), name="score_has_reason"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.bid_id} {self.criterion_id} {self.given}"


class Award(models.Model):
    """The decision for a lot, with its reasons and the day from which a contract may be signed."""

    lot = models.OneToOneField(Lot, on_delete=models.PROTECT, related_name="award")
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField()
    reasons = models.TextField()
    may_sign = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.lot_id} {self.bid_id}"
