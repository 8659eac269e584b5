"""The Bergsjön lens: every page of the money seen from one district, the same öre on each."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from kvar.ledger.store import Store
from kvar.web import data
from kvar.web.charts.districts import weighed
from kvar.web.sections import SECTIONS

FOLDERS = (
    "", "pengarna/", "definitioner/", "foretagen/", "stadsdelar/", "forandring/", "multiplikator/", "koncentration/",
    "natverk/", "mojligheter/", "tillsammans/", "oppna-data/",
)  # fmt: skip
YEAR = "2024"


@pytest.fixture
def client(town: Store, settings: LazySettings) -> Client:
    settings.DATA = town.root.parent
    cache.clear()
    return Client()


def districts(_client: Client) -> list[str]:
    return [place.code for place in data.scene_of("9901").districts]


def known(client: Client, code: str) -> dict[str, int]:
    """What each page says is known to have reached a district, öre."""

    def of(folder: str, query: str = "") -> Any:
        return client.get(f"/sv/9901/{folder}?year={YEAR}&district={code}{query}").context

    def chart(name: str) -> Any:
        return client.get(f"/sv/9901/diagram/{name}.json?year={YEAR}&district={code}").json()

    figure = of("")["figure"]
    seat = chart("definitioner")["definitions"]["seat"]
    after = of("forandring/", "&from=2019&to=2024")["found"]
    found = of("mojligheter/")
    return {
        "overview": round(figure.low * figure.base),
        "money": sum(row.parts.up_to("district") for row in of("pengarna/")["report"].by_anchor),
        "definitions": seat["local"],
        "firms": of("foretagen/")["shares"]["here"][0],
        "owners": sum(row[1] for row in chart("agare")["rows"]),
        "industries": sum(row[1] for row in chart("naringsgren")["rows"]),
        "change": after.stayed[1],
        "multiplier": of("multiplikator/")["found"].second[0],
        "opportunities": found["whole"].near,
    }


def test_every_page_says_the_same_ore_and_districts_sum_to_the_municipality(client: Client) -> None:
    whole = data.scene_of("9901", YEAR)
    total = 0
    for code in districts(client):
        told = known(client, code)
        assert len(set(told.values())) == 1, (code, told)
        row = [row.parts.base for row in whole.report.by_district if row.label == code]
        assert [told["overview"]] == (row or [0])
        total += told["overview"]
    scene = data.scene_of("9901", YEAR, district=districts(client)[0])
    assert scene.whole is not None
    assert whole.whole is not None
    assert total > 0
    assert total + scene.whole.parts.home_municipality == whole.whole.parts.up_to("municipality")
    assert weighed(whole, whole.residents)[1] == scene.whole.parts.home_municipality


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_page_says_what_the_lens_means_or_that_it_has_none(client: Client, lang: str, folder: str) -> None:
    code = districts(client)[0]
    page = client.get(f"/{lang}/9901/{folder}?year={YEAR}&district={code}&anchor=").content.decode()
    assert 'class="lens"' in page
    assert f"district={code}" in page.split("<main")[0], "the menu keeps the district"
    told = page.split('class="lens">')[1].split("</p>")[0]
    never = folder in {"tillsammans/", "oppna-data/"}
    assert (("kan inte ses" if lang == "sv" else "cannot be seen") in told) == (never or folder == "multiplikator/")
    if not never:
        assert 'name="district"' in page


def test_the_menu_keeps_the_filter_only_where_it_is_shared(client: Client) -> None:
    code = districts(client)[0]
    top = client.get(f"/sv/9901/pengarna/?year=2021&district={code}").content.decode().split("<main")[0]
    assert f"/sv/9901/foretagen/?year=2021&amp;district={code}" in top
    assert f"/sv/9901/forandring/?year=2021&amp;district={code}" in top
    assert 'href="/sv/9901/upphandlingar/"' in top or "upphandling" in top
    act = client.get(f"/sv/9901/mojligheter/?year=2021&district={code}").content.decode().split("<main")[0]
    assert f"/sv/9901/tillsammans/?district={code}" in act, "a release has years of its own"


def test_every_page_of_the_money_is_in_the_test() -> None:
    assert len(FOLDERS) == len((*SECTIONS["overview"], *SECTIONS["money"]))


@pytest.mark.parametrize("query", ["any_workplace", "workplace_weighted"])
def test_the_change_by_workplaces_is_the_same_ore_as_the_definitions(client: Client, query: str) -> None:
    for district in ("", f"&district={districts(client)[0]}"):
        rows = client.get(f"/sv/9901/diagram/forandring.json?from=2019&to=2024&local={query}{district}").json()[
            "rows"
        ]
        first, *effects, last = (row[1] for row in rows)
        assert first + sum(effects) == last
        for year, amount in (("2019", first), ("2024", last)):
            page = client.get(f"/sv/9901/diagram/definitioner.json?year={year}{district}").json()
            assert page["definitions"][query]["local"] == amount
        for name in ("forandring-ankare", "forandring-slag"):
            rows = client.get(f"/sv/9901/diagram/{name}.json?from=2019&to=2024&local={query}{district}").json()[
                "rows"
            ]
            assert sum(row[-1] for row in rows) == last - first, name


def test_a_definition_may_differ_between_the_years(client: Client) -> None:
    ask = "/sv/9901/forandring/?from=2019&to=2024&local=municipality&local_to=any_workplace"
    found = client.get(ask).context["found"]
    assert found.effects.definition > 0
    assert found.effects.total == found.stayed[1] - found.stayed[0]
