"""A procurement from need to publication: its lots, criteria, terms, dialogue, questions and appointed openers.

Amounts are minor units without VAT. Weights are hundredths of a per cent of the evaluation; all criteria sum to
10,000. What was published (`model`, `policy_version`) is frozen then: see `actions.publish`. Residents' proposals are
in `models.proposals`.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from kvar.core.messages import Language
from kvar.organisations.models import Organisation
from kvar.procurement.models.titled import Titled
from kvar.procurement.rules.clock import ZONES
from kvar.procurement.rules.need import Jurisdiction, Need

PHASES = ("planning", "published", "opening", "evaluation", "awarded", "contracted", "cancelled")


def jurisdiction_of(home: Organisation) -> Jurisdiction:
    """The law of an organisation: places of Great Britain whose code begins with S are Scotland's."""
    if home.country == "SE":
        return "SE"
    return "SCT" if home.place[:1] == "S" else "ENG"


class Procurement(models.Model):
    """One procurement of an organisation. `deadline` is the instant from which bids are late."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    created = models.DateTimeField(auto_now_add=True)
    phase = models.CharField(max_length=20, default="planning")
    title = models.CharField(max_length=200)
    need = models.TextField()
    cpv = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=10)
    buyer = models.CharField(max_length=10, default="subcentral")  # or central: a lower threshold (LOU 5:1)
    value = models.BigIntegerField()
    options = models.BigIntegerField(default=0)
    extensions = models.BigIntegerField(default=0)
    similar = models.BigIntegerField(default=0)
    facts = models.JSONField(default=list)
    route = models.CharField(max_length=40, blank=True)
    undivided_reason = models.TextField(blank=True)
    functional = models.TextField(blank=True)
    policy = models.CharField(max_length=40, blank=True)
    policy_version = models.CharField(max_length=20, blank=True)
    measures_by = models.CharField(max_length=200, blank=True)  # which elected body chose them, and when
    measures_reason = models.TextField(blank=True)  # the manager's reasons for none, or below the policy's threshold
    price_part = models.JSONField(default=dict, blank=True)  # the draft of the model's price part
    model = models.JSONField(null=True)
    starts = models.DateField(null=True)
    published = models.DateTimeField(null=True)
    deadline = models.DateTimeField(null=True)
    history = HistoricalRecords()

    class Meta:
        """Newest first; a known phase; published ones have a deadline after it."""

        ordering = ("-created",)
        constraints = (
            models.CheckConstraint(condition=Q(phase__in=PHASES), name="phase_known"),
            models.CheckConstraint(condition=Q(value__gte=0), name="value_not_negative"),
            models.CheckConstraint(
                condition=Q(phase__in=("planning", "cancelled"))
                | Q(published__isnull=False, deadline__gt=F("published")),
                name="published_has_deadline",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def currency(self) -> str:
        """The currency of the amounts."""
        return "SEK" if self.organisation.country == "SE" else "GBP"

    @property
    def priced(self) -> dict[str, Any]:
        """The draft of the model's price part; lowest price by price until another is chosen."""
        return self.price_part or {"kind": "relative"}

    def titles(self, language: Language) -> dict[str, str]:
        """The titles of the criteria by their slugs."""
        return {row.slug: row.titled(language) for row in self.criteria.all()}

    def as_need(self) -> Need:
        """The need as the route engine asks for it; its day is the publication's or today's, locally."""
        day = timezone.localdate(self.published or timezone.now(), ZONES.get(self.organisation.country))
        return Need(
            jurisdiction_of(self.organisation), self.buyer,  # type: ignore[arg-type]
            self.kind, day, self.value, self.cpv or None,  # type: ignore[arg-type]
            self.options, self.extensions, self.similar, facts=frozenset(self.facts),
        )  # fmt: skip


class Lot(models.Model):
    """A part that can be bid for alone; a procurement has at least one."""

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="lots")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    value = models.BigIntegerField(default=0)
    closed = models.TextField(blank=True)  # why it ended without an award

    class Meta:
        """In order of number."""

        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("procurement", "number"), name="one_lot_number"),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Criterion(Titled):
    """What bids are judged by: the price, a quality question, or a measure of the policy (kind social)."""

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="criteria")
    slug = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10)  # price, quality, social
    question = models.TextField(blank=True)
    weight = models.PositiveIntegerField()
    scale = models.CharField(max_length=12, default="level/5")
    unit = models.CharField(max_length=20, blank=True)
    characters = models.PositiveIntegerField(default=2000)

    class Meta:
        """Price first, then by slug; known kinds."""

        ordering = ("-kind", "slug")
        constraints = (
            models.UniqueConstraint(fields=("procurement", "slug"), name="one_criterion"),
            models.CheckConstraint(condition=Q(kind__in=("price", "quality", "social")), name="criterion_kind"),
        )

    def __str__(self) -> str:
        return self.title


class Term(models.Model):
    """A term of performance: employment (sysselsättningsvillkor), labour terms (17:2) or other social term (17:1)."""

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=12)  # employment, labour, social
    risk = models.TextField(blank=True)
    clause = models.TextField()
    target_group = models.CharField(max_length=200, blank=True)
    number = models.PositiveIntegerField(default=0)
    matching = models.CharField(max_length=200, blank=True)
    follow_up = models.DateField(null=True)

    class Meta:
        """Known kinds."""

        constraints = (
            models.CheckConstraint(condition=Q(kind__in=("employment", "labour", "social")), name="term_kind"),
        )

    def __str__(self) -> str:
        return self.clause[:60]


class Meeting(models.Model):
    """A market dialogue before publication: the invitation and the notes that everyone gets (4:8)."""

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="meetings")
    at = models.DateTimeField()
    where = models.CharField(max_length=200)
    invitation = models.TextField()
    notes = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.where}"


class Question(models.Model):
    """A supplier's question while the procurement is open. Who asked is kept, never shown; the answer reaches all."""

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="questions")
    asker = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL)
    asked = models.DateTimeField(auto_now_add=True)
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True)

    class Meta:
        """In the order asked."""

        ordering = ("asked",)

    def __str__(self) -> str:
        return self.text[:60]


class Opener(models.Model):
    """A person appointed to open, with the public half of their key; `drilled` when a test bid was opened."""

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="openers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    recipient = models.CharField(max_length=80)
    drilled = models.DateTimeField(null=True)

    class Meta:
        """One person once."""

        constraints = (models.UniqueConstraint(fields=("procurement", "person"), name="one_opener"),)

    def __str__(self) -> str:
        return f"{self.procurement_id} {self.person_id}"
