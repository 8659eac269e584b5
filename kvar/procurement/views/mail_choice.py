"""What a person wants by mail, and in which language."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kvar.organisations.access import language_of, organisations_where, signed_in
from kvar.procurement.models import MailChoice

ASKED = ("notices", "reminders", "receipts")


@login_required
def mail_choice(request: HttpRequest) -> HttpResponse:
    """The choice as it stands; a POST changes it. Receipts are asked only of those who bid."""
    person, language = signed_in(request), language_of(request)
    bids = bool(organisations_where(person, "bid"))
    held = MailChoice.objects.filter(person=person).first() or MailChoice(person=person, language=language)
    if request.method == "POST":
        held.language = "en" if request.POST.get("language") == "en" else "sv"
        for name in ASKED:
            setattr(held, name, name in request.POST)
        held.save()
        return redirect(f"{reverse('mail-choice')}?sparat=1")
    rows = [(name, getattr(held, name)) for name in ASKED if bids or name != "receipts"]
    words = {"choice": held, "rows": rows, "page": "workbench", "address": person.email,
             "saved": request.GET.get("sparat") == "1"}  # fmt: skip
    return render(request, "procurement/mail_choice.html", words)
