"""Mina upphandlingar: one's own organisation's, by phase; nobody else's."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.test import Client

from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement.models import Procurement

ADDRESS = "/sv/arbetsbord/upphandling/"


def signed_in(person: User) -> Client:
    browser = Client()
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def test_the_officer_sees_theirs_by_phase(officer: User, published: Procurement) -> None:
    page = signed_in(officer).get(ADDRESS).content.decode()
    assert "Publicerade" in page
    assert "Städning" in page


def test_another_tenant_and_a_supplier_see_nothing_of_it(officer: User, planned: Callable[..., Procurement]) -> None:
    planned()
    for slug, role in (("theirs", "officer"), ("firm", "supplier")):
        home = Organisation.objects.create(slug=slug, name=slug, country="SE", place="9901")
        other = User.objects.create_user(role + slug, f"{slug}@example.org", "x")
        add_member(organisation=home, person=other, role=role)  # type: ignore[arg-type]
        page = signed_in(other).get(ADDRESS).content.decode()
        assert "Städning" not in page
        assert "Ingen upphandling ännu" in page


def test_one_must_sign_in() -> None:
    assert Client().get(ADDRESS).status_code == 302


def test_an_evaluator_is_led_here_from_the_workbench(buyer: Organisation, officer: User) -> None:
    member = User.objects.create_user("eva", "eva@example.org", "x")
    add_member(organisation=buyer, person=member, role="evaluator")
    assert signed_in(member).get("/sv/arbetsbord/").headers["Location"] == ADDRESS
