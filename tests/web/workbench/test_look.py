"""Att granska: one kind at a time, a dozen a page, and the title counts them all."""

from collections.abc import Callable

import pytest
from django.test import Client

from kvar.organisations.models import ImportJob
from kvar.spending.worth_a_look import Look, WorthALook
from kvar.web.workbench import look

AT = "/sv/arbetsbord/ours/att-granska/"


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch, uploaded: Callable[..., ImportJob]) -> None:
    looks = [Look(f"{n:016}", "no_contract", "IT", f"Firma {n}", None, 90_000_00 - n, 2) for n in range(30)]
    looks.append(Look("f" * 16, "dependency", None, "Beroende AB", None, 1_000_00, 5, 0.9))
    found = WorthALook("SEK", with_register=True, looks=looks)
    monkeypatch.setattr(look, "_years", lambda _slug: ["2024"])
    monkeypatch.setattr(look, "_found", lambda *_: found)


def test_a_kind_at_a_time(many: None, signed_in: Callable[[str], Client]) -> None:
    browser = signed_in("officer")
    text = browser.get(AT).content.decode()
    assert "<h1>31 saker att titta på</h1>" in text
    assert "Beroende AB" in text
    assert "Firma 1" not in text
    first = browser.get(AT, {"test": "no_contract"}).content.decode()
    assert first.count('<article class="look">') == look.SHOWN
    assert "1–12 av 30" in first
    last = browser.get(AT, {"test": "no_contract", "page": "3"}).content.decode()
    assert "Firma 29" in last
    assert "25–30 av 30" in last


@pytest.mark.parametrize(("asked", "status"), [({"test": "S9"}, 404), ({"page": "x"}, 200), ({"page": "99"}, 200)])
def test_odd_addresses(many: None, signed_in: Callable[[str], Client], asked: dict[str, str], status: int) -> None:
    assert signed_in("officer").get(AT, asked).status_code == status
