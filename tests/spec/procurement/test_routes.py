"""The route engine against scenarios an officer can read and correct, and its citations against the act."""

import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from kvar.core.errors import KvarError
from kvar.procurement.rules.cpv import SETS, codes, name_of, names, read_code, search
from kvar.procurement.rules.engine import Answer, answer, last_day
from kvar.procurement.rules.lawbook import lawbook
from kvar.procurement.rules.need import FACTS, Jurisdiction, Need

FOLDER = Path(__file__).parent / "routes"
CASES = [case for path in sorted(FOLDER.glob("*.yml")) for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
AMOUNTS = ("value", "options", "extensions", "similar", "supplied", "monthly", "residual")


def need(given: dict[str, Any]) -> Need:
    values = {name: amount * 100 if name in AMOUNTS else amount for name, amount in given.items()}
    values["facts"] = frozenset(given.get("facts", ()))
    return Need(**({"jurisdiction": "SE", "buyer": "subcentral"} | values))


def cited(found: Answer) -> set[str]:
    shown = [*(item.route.cites for item in found.open), *(duty.cites for duty in found.duties)]
    shown += [warned.cites for warned in found.warnings]
    return {
        *(cite for cites in shown for cite in cites),
        *(part.cite for part in found.value.parts),
        *(item.days.cite for item in found.open if item.days),
    }


def test_there_are_sixty_scenarios() -> None:
    assert len(CASES) >= 60
    assert len({case["case"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_scenario(case: dict[str, Any]) -> None:
    found, expect = answer(need(case["given"]), case.get("way", "")), case["expect"]
    opened = {item.route.id: item for item in found.open}
    closed = {item.route.id for item in found.closed}
    duties = {duty.id: duty for duty in found.duties}
    warned = {item.code for item in found.warnings}
    assert found.regime == expect.get("regime", found.regime)
    assert found.undecided == expect.get("undecided", found.undecided)
    assert set(expect.get("open", ())) <= set(opened)
    assert set(expect.get("closed", ())) <= closed
    assert set(expect.get("duties", ())) <= set(duties)
    assert not set(expect.get("no_duties", ())) & set(duties)
    assert set(expect.get("cites", ())) <= cited(found)
    assert set(expect.get("warns", ())) <= warned
    assert not set(expect.get("silent", ())) & warned
    assert all(not duties[name].verified for name in expect.get("unverified", ()))
    assert all(not opened[name].route.verified for name in expect.get("unverified_routes", ()))
    assert found.open[0].route.id == expect.get("first", found.open[0].route.id) if found.open else True
    assert found.value.total == 100 * expect.get("total", found.value.total // 100)
    if "answer_days" in expect:
        assert (found.answers.days if found.answers else None) == expect["answer_days"]
    if "standstill" in expect:
        told = found.standstill
        assert ([told.days, told.unit, told.cite, told.verified] if told else None) == expect["standstill"]
    for name, days in expect.get("days", {}).items():
        shortest = opened[name].days
        assert shortest is not None
        assert shortest.days == days


def paragraphs(law: str) -> set[str]:
    found: set[str] = set()
    chapter = ""
    for line in law.splitlines():
        if match := re.match(r"## (\d+(?: [a-z])?) kap\.", line):
            chapter = match.group(1).replace(" ", "")
        elif match := re.search(r"^#### .*?(\d+(?: [a-z])?) §$", line):
            found.add(f"{chapter}:{match.group(1).replace(' ', '')}")
    return found


def test_every_swedish_citation_is_a_paragraph_of_the_act(data: Path) -> None:
    known = paragraphs((data.parent / "law" / "lou-2016-1145.md").read_text(encoding="utf-8"))
    book = lawbook("SE")
    rows = [*((r.id, c) for r in book.routes for c in r.cites), *((d.id, c) for d in book.duties for c in d.cites)]
    rows += [(route.id, item.cite) for route in book.routes for item in route.days]
    rows.append(("standstill", book.standstill.cite))
    rows += [("answers", cite) for time in book.answers for cite in time.cites]
    rows += [(limit.regime, limit.cite) for limit in book.limits]
    own = {duty.id for duty in book.duties if duty.kind == "policy"}
    assert [(name, cite) for name, cite in rows if cite not in known and name not in own] == []


@pytest.mark.parametrize("jurisdiction", get_args(Jurisdiction))
def test_rows_are_whole(jurisdiction: Jurisdiction) -> None:
    book = lawbook(jurisdiction)
    names_of_rows = [row.id for row in (*book.routes, *book.duties)]
    assert len({row.id for row in book.routes}) == len(book.routes)
    assert len({row.id for row in book.duties}) == len(book.duties)
    assert all(row.cites for row in (*book.routes, *book.duties)), names_of_rows
    facts = {
        fact for row in (*book.routes, *book.duties) for key in ("facts", "without") for fact in row.when.get(key, ())
    }
    assert facts <= set(FACTS)
    known = {row.id for row in book.routes}
    rows = [row.when for row in (*book.duties, *book.answers)]
    assert {name for when in rows for key in ("route", "not_route") for name in when.get(key, ())} <= known
    if jurisdiction != "SE":
        read = {row.id for row in (*book.routes, *book.duties) if row.verified}
        assert read == ({"community_benefit", "community_benefit_award"} if jurisdiction == "SCT" else set())


def test_sets_of_the_law_have_the_sizes_counted_from_its_text() -> None:
    assert {name: len(codes(name)) for name in SETS} == {"annex2": 423, "reserved_19_25": 115, "reserved_19_25a": 173}
    assert codes("reserved_19_25") - codes("reserved_19_25a") == {"75123000", "92500000", "92600000", "98133110"}
    assert codes("annex2") <= set(names())


def test_codes_are_read_and_found() -> None:
    assert read_code("79622000-0") == read_code("79622") == "79622000"
    assert name_of("55524000", "sv") == "Skolbespisning"
    assert ("55524000", "Skolbespisning") in search("skolbespis", "sv")
    for text in ("99999999", "x", "", "1"):
        with pytest.raises(KvarError):
            read_code(text)


def test_the_first_day_bids_may_be_due() -> None:
    found = answer(need({"kind": "goods", "day": date(2025, 3, 1), "value": 3000000}))
    opened = next(item for item in found.open if item.route.id == "open")
    assert str(last_day(opened, found.need.day)) == "2025-04-05"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"value": 0}, "procurement.need.no_value"),
        ({"value": -1}, "procurement.need.negative"),
        ({"value": 1, "supplied": 1}, "procurement.need.supplied"),
        ({"value": 1, "facts": ["local"]}, "procurement.need.fact"),
        ({"value": 1, "day": "2021-01-01"}, "procurement.rules.too_early"),
    ],
)
def test_what_cannot_be_answered_says_why(given: dict[str, Any], code: str) -> None:
    day = date.fromisoformat(given.pop("day", "2025-03-01"))
    with pytest.raises(KvarError) as caught:
        answer(need({"kind": "goods", "day": day} | given))
    assert caught.value.code == code
    assert caught.value.say("sv")
    assert caught.value.say("en")
