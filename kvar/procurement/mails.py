"""The mails of a procurement: questions, answers, moved deadlines, letters, receipts.

They are put in the outbox within the act that causes them; a receipt goes beside the request and is kept nowhere.
"""

from functools import partial

from django.contrib.auth.models import User
from django.utils import timezone, translation

from kvar.organisations.models import Organisation
from kvar.procurement import box
from kvar.procurement.aside import aside
from kvar.procurement.mail import Receiver, Wanted, link, receiver, receivers, send
from kvar.procurement.models import Award, Bid, Lot, Procurement, Question
from kvar.procurement.outbox import post


def asked(procurement: Procurement) -> None:
    """To those who plan: a question has come; who asked is not told."""
    path = f"arbetsbord/upphandling/{procurement.pk}/fragor/"
    found = receivers("plan", [procurement.organisation], "notices")
    post("question", [(one, {"title": procurement.title, "link": link(one, path)}) for one in found])


def answered(question: Question) -> None:
    """To every firm at once: the question and its answer, with the last day as it stands now."""
    values = {"title": question.procurement.title, "question": question.text, "answer": question.answer}
    _to_firms(question.procurement, "answer", values)


def moved(procurement: Procurement) -> None:
    """To every firm at once: the new last day."""
    _to_firms(procurement, "deadline", {"title": procurement.title})


def ended(procurement: Procurement, reason: str) -> None:
    """To every firm, so that nothing tells who had bid: it is cancelled, and why. Not declined (LOU 12:12, 19:21)."""
    _to_firms(procurement, "cancelled", {"title": procurement.title, "reason": reason}, None)


def _to_firms(procurement: Procurement, code: str, values: dict[str, str], wanted: Wanted | None = "notices") -> None:
    more = values | {"day": _day(procurement)}
    found = receivers("bid", None, wanted)
    post(code, [(one, more | {"link": link(one, _notice(procurement))}) for one in found])


def decided(award: Award) -> None:
    """To each bidder of the lot: the decision, and where the letter is. It cannot be declined (LOU 12:12, 19:19)."""
    for bid in Bid.objects.filter(lot=award.lot).select_related("bidder", "lot__procurement"):
        post("letter", [(one, _letter(one, award, bid)) for one in receivers("bid", [bid.bidder], None)])


def _letter(to: Receiver, award: Award, bid: Bid) -> dict[str, object]:
    path = f"arbetsbord/anbud/{bid.bidder.slug}/{bid.lot.procurement_id}/del-{bid.lot.number}/beslut.pdf"
    until = timezone.localtime(award.may_sign).date().isoformat()
    return {"title": str(bid.lot), "procurement": bid.lot.procurement.title, "link": link(to, path), "until": until,
            "reasons": award.reasons}  # fmt: skip


def closed(lot: Lot) -> None:
    """To each bidder of a lot that ends without an award: why. It cannot be declined (LOU 12:12, 19:21)."""
    homes = [bid.bidder for bid in Bid.objects.filter(lot=lot).select_related("bidder")]
    values = {"title": lot.procurement.title, "lot": str(lot), "reason": lot.closed}
    path = _notice(lot.procurement)
    post("closed", [(one, values | {"link": link(one, path)}) for one in receivers("bid", homes, None)])


def receipt(lot: Lot, bidder: Organisation, person: User, code: str = "receipt") -> None:
    """To the person who submitted, if they asked for receipts: what stands submitted. Nothing is kept of it."""
    to, made = receiver(person, bidder, "receipts"), box.own(lot, bidder)
    if to is None or (code == "receipt" and made is None):
        return
    path = f"arbetsbord/anbud/{bidder.slug}/{lot.procurement_id}/del-{lot.number}/"
    values = {"title": lot.procurement.title, "lot": lot.number, "link": link(to, path)}
    values |= {"sha256": made.sha256, "at": made.at, "seal": made.seal} if made else {}
    aside(partial(send, to, code, values, secret=box.own_folder(lot, bidder)))


def _notice(procurement: Procurement) -> str:
    return f"{procurement.organisation.place}/upphandling/{procurement.pk}/"


def _day(procurement: Procurement) -> str:
    """The last day as it is now, on the site's clock."""
    held = Procurement.objects.get(pk=procurement.pk)
    with translation.override(None):
        return f"{timezone.localtime(held.deadline):%Y-%m-%d %H:%M}"
