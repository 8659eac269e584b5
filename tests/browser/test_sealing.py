"""Sealing in chromium: what the page's script makes is opened by another implementation of age; nothing is sent."""

import base64
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from looks import looks_right
from playwright.sync_api import Browser, Page, expect

from kvar.procurement.sealing.envelope import unpack
from kvar.procurement.sealing.seal import new_opener, open_sealed, part_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM_DATA = """async () => Promise.all([...new FormData(document.getElementById("upload"))].map(async (pair) => {
    const [name, value] = pair;
    if (typeof value === "string") return `${name}=${value}`;
    const { base64 } = await import("/static/procurement/age.js");
    return base64(new Uint8Array(await value.arrayBuffer()));
}))"""


@pytest.fixture
def bidder(play: Any, supplier: User, live_server: Any, browser: Browser) -> Page:
    """The lot's page in the browser of firm 0."""
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(supplier, backend="allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(reduced_motion="reduce")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/sv/arbetsbord/anbud/firm-0/{play.made.pk}/del-1/")
    page.wait_for_selector("#seal:not([hidden])")
    return page


@pytest.mark.parametrize("size", [0, 1, 65_300, 65_536, 300_000])
def test_another_implementation_opens_what_the_script_sealed(bidder: Page, size: int) -> None:
    keys = {name: new_opener() for name in ("11", "12", "13")}
    bid = {"procurement": "p1", "lot": 1, "bidder": "b1", "openers": {n: public for n, (_, public) in keys.items()}}
    sealed = bidder.evaluate(
        """async ([bid, size]) => {
            const { seal } = await import("/static/procurement/sealing.js");
            const { base64 } = await import("/static/procurement/age.js");
            const made = await seal(bid, new Uint8Array(size).fill(65));
            return { body: base64(made.body), parts: made.parts };
        }""",
        [bid, size],
    )
    body = base64.b64decode(sealed["body"])
    for pair in combinations(sorted(keys), 2):
        found = sealed["parts"]["+".join(pair)]
        halves = [part_of(base64.b64decode(found[name]), keys[name][0]) for name in pair]
        _, content = unpack(open_sealed(body, *halves), procurement="p1", lot="1", bidder="b1")
        assert content == b"A" * size


def test_a_bid_filled_and_sealed_in_the_page_opens_and_was_never_sent(
    bidder: Page, play: Any, tmp_path: Path
) -> None:
    asked: list[str] = []
    bidder.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    bidder.click("#do-seal")
    assert "Skriv ett pris" in bidder.inner_text("#seal-said")
    bidder.fill("#price", "950 000,50")
    bidder.fill("[id='quality--text']", "Hemligt: vi städar med ånga")
    bidder.fill("[id='m-jobs-target--target']", "4")
    (tmp_path / "intyg.pdf").write_bytes(b"%PDF hemligt intyg")
    bidder.set_input_files("#attach", tmp_path / "intyg.pdf")
    bidder.click("#do-seal")
    bidder.wait_for_selector("#seal-files a")
    looks_right(bidder)
    assert not any(line.startswith("POST") for line in asked)
    assert bidder.evaluate("document.querySelectorAll('#seal [name]').length") == 0
    sent = bidder.evaluate(FORM_DATA)
    assert sent[0].startswith("csrfmiddlewaretoken=")
    whole = b"".join(base64.b64decode(text) for text in sent[1:])
    assert b"age-encryption.org/v1" in whole
    assert b"emligt" not in whole
    bidder.click("#upload button")
    bidder.wait_for_selector(".receipt")
    made = play.open()
    bid = made.lots.get().bids.get()
    assert (bid.state, bid.price) == ("opened", 950_000_50)
    assert bid.answers["quality"]["text"] == "Hemligt: vi städar med ånga"
    assert bid.answers["m-jobs-target"] == {"target": 4}
    assert [item["name"] for item in bid.files] == ["intyg.pdf"]


def test_a_draft_is_kept_on_one_s_own_machine(bidder: Page, tmp_path: Path) -> None:
    bidder.fill("#price", "1 000")
    bidder.fill("[id='quality--text']", "Utkast")
    with bidder.expect_download() as download:
        bidder.click("#save-draft")
    path = tmp_path / "utkast.json"
    download.value.save_as(path)
    assert json.loads(path.read_text())["answers"]["quality"] == {"text": "Utkast"}
    bidder.reload()
    bidder.wait_for_selector("#seal:not([hidden])")
    assert bidder.input_value("[id='quality--text']") == ""
    bidder.set_input_files("#load-draft", path)
    expect(bidder.locator("#price")).to_have_value("1 000")
    expect(bidder.locator("[id='quality--text']")).to_have_value("Utkast")
