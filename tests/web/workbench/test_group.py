"""The own group on the page of rules: kept by those who may classify, refused with what was written kept."""

from collections.abc import Callable

from django.test import Client

from kvar.organisations.uploads import store
from kvar.spending.group import group_of

ADDRESS = "/sv/arbetsbord/ours/regler/"


def test_the_list_is_kept_and_shown(signed_in: Callable[[str], Client]) -> None:
    browser = signed_in("analyst")
    assert browser.post(ADDRESS, {"numbers": "559900-0006\n"}).status_code == 302
    group = group_of(store(), "ours")
    assert (group.numbers, group.by) == (("5599000006",), "analyst@example.org")
    assert "5599000006" in browser.get(ADDRESS).content.decode()
    assert "Inget inläst register" in browser.get(ADDRESS).content.decode()


def test_a_wrong_number_is_told_and_what_was_written_stays(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("analyst").post(ADDRESS, {"numbers": "12345"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "inga organisationsnummer" in text
    assert ">12345</textarea>" in text
    assert group_of(store(), "ours").numbers == ()


def test_who_may_not_classify_changes_nothing(signed_in: Callable[[str], Client]) -> None:
    for who in ("officer", "stranger"):
        assert signed_in(who).post(ADDRESS, {"numbers": "559900-0006"}).status_code == 404
    assert group_of(store(), "ours").numbers == ()
