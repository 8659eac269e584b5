"""While a procurement is open: questions are answered to all at once, and the deadline only ever moves later."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.models import Organisation
from kvar.procurement import mails
from kvar.procurement.models import Procurement, Question
from kvar.procurement.record import record
from kvar.procurement.rules.clock import forced_extension
from kvar.procurement.rules.engine import answer

LONGEST = 4000


@transaction.atomic
def ask(*, procurement: Procurement, asker: Organisation | None, text: str) -> Question:
    """A question before the deadline; who asks is kept and never shown."""
    _is_open(procurement)
    if not text.strip() or len(text) > LONGEST:
        raise KvarError("procurement.question.text", most=LONGEST)
    made = Question.objects.create(procurement=procurement, asker=asker, text=text.strip())
    mails.asked(procurement)
    return made


@transaction.atomic
def reply(*, question: Question, text: str, new_deadline: datetime | None = None) -> None:
    """An answer to all, once; near the deadline it needs a new one where the route asks for it (LOU 11:8, 19:14)."""
    procurement = Procurement.objects.select_for_update().get(pk=question.procurement_id)
    question.refresh_from_db()
    _is_open(procurement)
    if question.answer:
        raise KvarError("procurement.question.answered")
    now = timezone.now()
    if not text.strip():
        raise KvarError("procurement.question.text", most=LONGEST)
    _in_time(procurement, new_deadline or procurement.deadline or now, now)
    question.answer, question.answered = text.strip(), now
    question.save(update_fields=["answer", "answered"])
    record(procurement=procurement, kind="answer", by="officer", values={"question": question.text, "answer": text})
    if new_deadline is not None:
        extend(procurement=procurement, deadline=new_deadline)
    mails.answered(question)


def _in_time(procurement: Procurement, deadline: datetime, now: datetime) -> None:
    """`procurement.question.late` with the first lawful deadline: six days, four if accelerated, none in 19 a."""
    found = answer(procurement.as_need(), procurement.route)
    time = found.answers
    soonest = forced_extension(deadline, now, time.days) if time else None
    if time and soonest:
        day = timezone.localtime(soonest).strftime("%Y-%m-%d %H:%M")
        cites = f"{found.book.act} {', '.join(time.cites)}"
        raise KvarError("procurement.question.late", soonest=day, days=time.days, cites=cites)


@transaction.atomic
def extend(*, procurement: Procurement, deadline: datetime) -> None:
    """Move the deadline later, before it has passed; told to all by the page and the log."""
    held = Procurement.objects.select_for_update().get(pk=procurement.pk)
    _is_open(held)
    if held.deadline is None or deadline <= held.deadline:
        raise KvarError("procurement.deadline.only_later")
    values = {"from": held.deadline.isoformat(), "to": deadline.isoformat()}
    held.deadline = procurement.deadline = deadline
    held.save(update_fields=["deadline"])
    record(procurement=held, kind="deadline", by="officer", values=values)
    mails.moved(held)


def _is_open(procurement: Procurement) -> None:
    """Published and before its deadline; `procurement.closed_for_that`."""
    if procurement.phase != "published" or procurement.deadline is None or timezone.now() >= procurement.deadline:
        raise KvarError("procurement.closed_for_that")
