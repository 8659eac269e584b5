"""What a person wants by mail and in which language, the letters that wait, and the days of reminders."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class MailChoice(models.Model):
    """A person's own choice. Who has made none gets notices and reminders, and no receipts.

    A receipt tells whoever runs the mail server that somebody has bid: so it is only sent to who asks for it. Nothing
    here is about any one procurement.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice")
    language = models.CharField(max_length=2, default="sv")
    notices = models.BooleanField(default=True)
    reminders = models.BooleanField(default=True)
    receipts = models.BooleanField(default=False)

    class Meta:
        """A language that Kvar speaks."""

        constraints = (models.CheckConstraint(condition=Q(language__in=("sv", "en")), name="mail_language"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.language}"


class Reminder(models.Model):
    """A person was reminded on a day: one mail, however often the command is run."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        """Once a day."""

        constraints = (models.UniqueConstraint(fields=("person", "day"), name="one_reminder_a_day"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class Letter(models.Model):
    """A letter that waits to be sent, in the words and the language of the act that caused it; gone once it is sent.

    Nothing here is caused by a bid that has not been opened.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)  # of the texts: `mail.<code>.subject`
    subject = models.TextField()
    body = models.TextField()
    made = models.DateTimeField(auto_now_add=True)
    tried = models.DateTimeField(null=True)

    class Meta:
        """Oldest first."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.code}"
