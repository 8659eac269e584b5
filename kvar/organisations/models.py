"""Organisations, the people in them and their roles; imports under way, and how each sender's columns are read."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Anchor
from kvar.organisations.permissions import ROLES
from kvar.organisations.slugs import check_slug


class Organisation(models.Model):
    """An anchor, or a firm, co-operative or association that supplies (`kind` firm). `place` is its home's code."""

    KINDS = ("anchor", "firm")
    kind = models.CharField(max_length=10, default="anchor")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    place = models.CharField(max_length=20)
    org_number = models.CharField(max_length=20, blank=True)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership")
    history = HistoricalRecords()

    class Meta:
        """Known countries and kinds."""

        constraints = (
            models.CheckConstraint(condition=Q(country__in=("SE", "GB")), name="country_known"),
            models.CheckConstraint(condition=Q(kind__in=("anchor", "firm")), name="organisation_kind"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **more: Any) -> None:
        """As usual; a new one whose short name is an address of the workbench: `organisations.slug.reserved`."""
        if self._state.adding:
            check_slug(self.slug)
        super().save(*args, **more)

    def anchor(self) -> Anchor:
        """The same organisation as the ledger knows it."""
        return Anchor(self.slug, self.name, self.country, self.place, self.org_number or None)


class Membership(models.Model):
    """A person's one role in an organisation."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES])
    history = HistoricalRecords()

    class Meta:
        """One role a person and organisation."""

        constraints = (
            models.UniqueConstraint(fields=("person", "organisation"), name="one_role"),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="role_known"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.organisation_id} {self.role}"


class SavedMapping(models.Model):
    """How an organisation's files with certain columns are read; a change is a new version."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    columns = models.CharField(max_length=64)  # sha256 of the folded header
    version = models.PositiveIntegerField()
    mapping = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Versions count up."""

        constraints = (
            models.UniqueConstraint(fields=("organisation", "columns", "version"), name="one_mapping_version"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.columns[:8]} v{self.version}"

    def read(self) -> Mapping:
        """The mapping itself."""
        return Mapping.from_json(self.mapping)


class ImportJob(models.Model):
    """A file on its way in, with an address of its own from upload to done; the batch's record is in the store."""

    STALE = timedelta(minutes=2)
    STATES = ("reading", "match", "checking", "checked", "loading", "done", "refused", "undone")
    WORKING = ("reading", "checking", "loading")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    created = models.DateTimeField(auto_now_add=True)
    file = models.CharField(max_length=255)
    size = models.BigIntegerField()
    state = models.CharField(max_length=20, default="reading")
    beat = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    mapping = models.JSONField(null=True)
    control_total = models.BigIntegerField(null=True)
    answer = models.JSONField(default=dict)
    error = models.JSONField(null=True)
    batch = models.CharField(max_length=120, blank=True)

    class Meta:
        """Newest first; a state is one of STATES."""

        ordering = ("-created",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    state__in=("reading", "match", "checking", "checked", "loading", "done", "refused", "undone")
                ),
                name="state_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.file} {self.state}"

    @property
    def working(self) -> bool:
        """Is a worker expected to be at it?"""
        return self.state in self.WORKING

    def sums(self) -> dict[str, Any]:
        """Counts and sums over the tables of the answer."""
        names = ("lines", "loaded", "quarantined", "furniture", "sum_positive_minor", "sum_negative_minor")
        tables = self.answer.get("tables", [])
        return {name: sum(table[name] for table in tables) for name in names}
