"""What waits for whom on a day: one mail a person, however often it is asked for."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kvar.core.messages import Language, say
from kvar.organisations.models import Membership, Organisation
from kvar.organisations.permissions import Act, allowed
from kvar.procurement import results
from kvar.procurement.mail import Receiver, link, receivers, send
from kvar.procurement.models import Measurement, Obligation, Procurement, Question, Reminder, Report

ACTS: tuple[Act, ...] = ("bid", "plan", "follow_up")


def remind(day: date) -> int:
    """Send each who has something waiting one mail; how many were sent. One that fails is tried again next time."""
    people = {one.person.pk: one for act in ACTS for one in receivers(act, None, "reminders")}
    return sum(_remind(one, day) for _, one in sorted(people.items()))


@transaction.atomic
def _remind(to: Receiver, day: date) -> bool:
    lines = list(waiting(to, day))
    if not lines or not Reminder.objects.get_or_create(person=to.person, day=day)[1]:
        return False
    words = {"n": len(lines), "lines": "\n".join(f"- {line}" for line in lines), "link": link(to, "arbetsbord/")}
    sent = send(to, "reminder", words)
    if not sent:
        Reminder.objects.filter(person=to.person, day=day).delete()
    return sent


def waiting(to: Receiver, day: date) -> Iterator[str]:
    """Everything that waits for a person on a day, in their language; before the opening nothing of it is of bids."""
    for row in Membership.objects.filter(person=to.person).select_related("organisation").order_by("pk"):
        home = row.organisation
        if allowed(row.role, "bid"):
            yield from _promised(Obligation.objects.filter(contract__supplier=home), day, to.language)
        if allowed(row.role, "follow_up"):
            yield from _promised(Obligation.objects.filter(contract__buyer=home), day, to.language)
            yield from _to_check(home, to.language)
        if allowed(row.role, "plan", home.kind):
            yield from _planned(home, to.language)


def _promised(rows: QuerySet[Obligation], day: date, lang: Language) -> Iterator[str]:
    for row in results.standings(rows, day):
        if row.overdue or row.soon:
            values = {"title": row.obligation.titled(lang), "day": row.obligation.due.isoformat()}
            yield say(f"mail.line.{'late' if row.overdue else 'soon'}", values, lang)


def _to_check(home: Organisation, lang: Language) -> Iterator[str]:
    found = Report.objects.filter(obligation__contract__buyer=home, state="reported").count()
    found += Measurement.objects.filter(contract__buyer=home, state="reported").count()
    if found:
        yield say("mail.line.check", {"n": found}, lang)


def _planned(home: Organisation, lang: Language) -> Iterator[str]:
    now = timezone.now()
    for item in Procurement.objects.filter(organisation=home, phase="published").order_by("deadline"):
        if item.deadline and now >= item.deadline:
            yield say("mail.line.open", {"title": item.title}, lang)
        elif n := Question.objects.filter(procurement=item, answer="").count():
            yield say("mail.line.questions", {"title": item.title, "n": n}, lang)
