"""Notices of other buyers as read from a file: public, with where they came from."""

from django.db import models


class OtherNotice(models.Model):
    """One notice of another buyer, shown at a place. The same notice read again is written over."""

    place = models.CharField(max_length=20)
    source_id = models.CharField(max_length=200)
    source = models.CharField(max_length=200)  # who published the file, as told on import
    file = models.CharField(max_length=200)
    format = models.CharField(max_length=10)
    read = models.DateTimeField(auto_now=True)
    title = models.CharField(max_length=500)
    buyer = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    cpv = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    value = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    published = models.DateTimeField(null=True)
    deadline = models.DateTimeField(null=True)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        """Once a place."""

        constraints = (models.UniqueConstraint(fields=("place", "source_id"), name="one_other_notice"),)

    def __str__(self) -> str:
        return self.title
