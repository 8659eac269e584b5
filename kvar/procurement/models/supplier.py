"""A firm's evidence pass: answers and files written once and used again in bid after bid."""

from django.db import models
from django.db.models import Q

from kvar.organisations.models import Organisation


class Evidence(models.Model):
    """One kept answer (text) or file (`sha256` of the kept bytes, `name` as uploaded), with the last day it holds."""

    KINDS = ("answer", "file")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    valid_to = models.DateField(null=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """By title, which is one of its kind in the firm: the same title again replaces; a file has its digest."""

        ordering = ("title", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=("answer", "file")), name="evidence_kind"),
            models.CheckConstraint(condition=~Q(kind="file") | ~Q(sha256=""), name="evidence_file"),
            models.UniqueConstraint(fields=("organisation", "kind", "title"), name="one_evidence_title"),
        )

    def __str__(self) -> str:
        return self.title
