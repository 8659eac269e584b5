"""People of an organisation: invite with a role by a link that lives three days; the invited chooses a password."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kvar.core.messages import say
from kvar.organisations import invitations
from kvar.organisations.models import Membership
from kvar.organisations.permissions import ROLES, Role
from kvar.organisations.queries import organisation_for
from kvar.web.context import page


@login_required
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has which role, and a form to invite another."""
    organisation = organisation_for(request.user, slug, "invite")
    lang = page(request)["lang"]
    roles = [(role, say(f"organisations.role.{role}", {}, "en" if lang == "en" else "sv")) for role in ROLES]
    form = InviteForm(request.POST or None, roles=roles)
    link = ""
    if request.method == "POST" and form.is_valid():
        role: Role = form.cleaned_data["role"]
        token = invitations.make(organisation=organisation, email=form.cleaned_data["email"], role=role)
        link = request.build_absolute_uri(reverse("invitation", args=[token]))
    members = Membership.objects.filter(organisation=organisation).select_related("person").order_by("person__email")
    context = {"organisation": organisation, "members": members, "form": form, "link": link, "page": "workbench"}
    return render(request, "workbench/people.html", context)


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: a new person chooses a password, a known one is simply added."""
    invited = invitations.read(token)
    if invited is None:
        raise Http404
    person = User.objects.filter(email__iexact=invited.email).first()
    form = PasswordForm(request.POST or None, needed=person is None)
    if request.method == "POST" and form.is_valid():
        invitations.accept(invitation=invited, password=form.cleaned_data.get("password", ""))
        return redirect("account_login")
    return render(request, "workbench/invitation.html", {"invitation": invited, "form": form, "known": person})


class InviteForm(forms.Form):
    """E-mail and role."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField()

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]]) -> None:
        super().__init__(*args)
        cast(forms.ChoiceField, self.fields["role"]).choices = roles


class PasswordForm(forms.Form):
    """A password that meets the rules."""

    def __init__(self, *args: Any, needed: bool) -> None:
        super().__init__(*args)
        if needed:
            widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
            self.fields["password"] = forms.CharField(widget=widget, validators=[invitations.check_password])
