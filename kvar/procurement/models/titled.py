"""Titles that are known in both languages beside the one that was written."""

from django.db import models

from kvar.core.messages import Language


class Titled(models.Model):
    """`title` is what was published; `titles` holds it by language where the policy or the catalogue has both."""

    title = models.CharField(max_length=200)
    titles = models.JSONField(default=dict, blank=True)

    class Meta:
        """Fields only."""

        abstract = True

    def titled(self, language: Language) -> str:
        """The title in a language; what an officer wrote in one language stands as it was written."""
        return str(self.titles.get(language) or self.title)
