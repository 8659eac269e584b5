"""Guards of the traps that touch procurement: each stands once, and is missed when it is gone (tools/traps.py)."""

import importlib.util
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kvar.core.errors import KvarError
from kvar.organisations.models import Organisation
from kvar.procurement.evaluation.policy import policy_on, weights
from kvar.procurement.published import party, shown
from kvar.procurement.rules.engine import answer
from kvar.procurement.rules.need import Need

ROOT = Path(__file__).parent.parent.parent.parent
DAY = date(2025, 3, 1)


def _tool() -> Any:
    spec = importlib.util.spec_from_file_location("traps", ROOT / "tools" / "traps.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


@pytest.mark.parametrize("row", TOOL.ROWS, ids=[row["says"] for row in TOOL.ROWS])
def test_every_guard_stands_and_its_test_exists(row: dict[str, str]) -> None:
    text = (ROOT / row["file"]).read_text(encoding="utf-8")
    assert row["line"] in text
    file, name = row["test"].split("::")
    assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.M)


def test_the_page_is_made_from_the_same_rows() -> None:
    assert TOOL.DOC.read_text(encoding="utf-8") == TOOL.document()


@pytest.mark.parametrize("measure", ["4.1", "4.2"])
def test_local_spend_is_never_scored_in_sweden(measure: str) -> None:
    policy = replace(policy_on("preston", DAY), jurisdiction="SE")
    with pytest.raises(KvarError) as caught:
        weights(policy, [measure], policy.cap, 10**10)
    assert (caught.value.code, caught.value.values["cite"]) == ("procurement.policy.unlawful", "4:1")


@pytest.mark.parametrize("measure", ["5.1", "5.2"])
def test_gifts_are_never_scored_in_sweden(measure: str) -> None:
    policy = replace(policy_on("preston", DAY), jurisdiction="SE")
    with pytest.raises(KvarError) as caught:
        weights(policy, [measure], policy.cap, 10**10)
    assert caught.value.values["cite"] == "16:2"


def test_the_swedish_profile_has_no_measure_of_place() -> None:
    policy = policy_on("lou", DAY)
    titles = " ".join(m.title["sv"] for theme in policy.themes for m in theme.measures).casefold()
    assert not re.search(r"\b(lokal|ort|kommun|närhet|närproduc)", titles)


def test_a_co_operative_is_not_by_itself_anything_that_may_be_reserved_for() -> None:
    """No reserved way is open unless its own circumstance was stated, and then only its own."""
    need = Need("SE", "subcentral", "services", DAY, 12_000_000_00, "90910000", facts=frozenset({"electronic"}))
    opened = {item.route.id for item in answer(need).open}
    assert not {name for name in opened if name.startswith("reserved")}
    one = replace(need, facts=need.facts | {"integration_provider"})
    now = {item.route.id for item in answer(one).open if item.route.id.startswith("reserved")}
    assert now == {"reserved_integration"}


@pytest.mark.parametrize(("number", "named"), [("811228-9874", ""), ("556036-0793", "Firman")])
def test_a_sole_trader_is_not_named_in_public(number: str, named: str) -> None:
    firm = Organisation(slug="f", name="Firman", country="SE", place="9901", kind="firm", org_number=number)
    firm.pk = 7
    assert shown(firm) == named
    told = party(firm, "supplier")
    assert number.replace("-", "") not in told.id if not named else told.id.endswith("5560360793")
    assert "8112289874" not in told.id
