"""People of an organisation: their roles, and inviting by a link that lives three days."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.organisations import invitations
from kvar.organisations.access import language_of
from kvar.organisations.actions import add_member, remove_member
from kvar.organisations.models import Membership, Organisation
from kvar.organisations.permissions import ROLES, Role
from kvar.organisations.queries import organisation_for


@login_required
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has which role and what each may do; change a role, take one away, or invite another."""
    organisation, lang = organisation_for(request.user, slug, "invite"), language_of(request)
    roles = [(role, say(f"organisations.role.{role}", {}, lang)) for role in _roles(organisation)]
    form = InviteForm(request.POST if "email" in request.POST else None, roles=roles)
    link = wrong = ""
    if form.is_bound and form.is_valid():
        role: Role = form.cleaned_data["role"]
        token = invitations.make(organisation=organisation, email=form.cleaned_data["email"], role=role)
        link = request.build_absolute_uri(reverse("invitation", args=[token]))
    elif request.method == "POST" and not form.is_bound:
        try:
            _change(request, organisation)
            return redirect("people", slug=slug)
        except KvarError as error:
            wrong = error.say(lang)
    members = Membership.objects.filter(organisation=organisation).select_related("person").order_by("person__email")
    context = {"organisation": organisation, "members": members, "form": form, "link": link, "roles": roles,
               "wrong": wrong, "page": "workbench"}  # fmt: skip
    return render(request, "workbench/people.html", context, status=422 if wrong or form.errors else 200)


def _roles(organisation: Organisation) -> tuple[Role, ...]:
    """The roles that such an organisation has people in: a firm has none who judge, an anchor none who bid."""
    firm = organisation.kind == "firm"
    return tuple(role for role in ROLES if role == "administrator" or (role == "supplier") == firm)


def _change(request: HttpRequest, organisation: Organisation) -> None:
    given = request.POST.get("person", "")
    found = Membership.objects.filter(organisation=organisation, person_id=int(given) if given.isdecimal() else 0)
    member = found.select_related("person").first()
    role = next((name for name in _roles(organisation) if name == request.POST.get("role")), None)
    if member is None or (role is None and "remove" not in request.POST):
        raise Http404
    if "remove" in request.POST:
        remove_member(organisation=organisation, person=member.person)
    elif role:
        add_member(organisation=organisation, person=member.person, role=role)


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: a new person chooses a password, a known one signs in first.

    Else whoever made an account in somebody's name would be let in wherever that somebody is invited.
    """
    invited = invitations.read(token)
    if invited is None:
        raise Http404
    person = User.objects.filter(email__iexact=invited.email).first()
    theirs = person is None or request.user == person
    form = PasswordForm(request.POST if request.method == "POST" else None, needed=person is None)
    if request.method == "POST" and theirs and form.is_valid():
        invitations.accept(invitation=invited, password=form.cleaned_data.get("password", ""))
        return redirect("workbench" if person else "account_login")
    words = {"invitation": invited, "form": form, "known": person, "theirs": theirs, "page": "workbench"}
    return render(request, "workbench/invitation.html", words)


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
