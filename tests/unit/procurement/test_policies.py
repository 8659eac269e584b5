"""The policies as dated data: each says where it comes from and what nobody has compared with the source."""

from datetime import date

import pytest

from kvar.core.errors import KvarError
from kvar.procurement.evaluation.policy import known, policies_on, policy_on, versions, weights


@pytest.mark.parametrize("name", known())
def test_each_version_has_source_and_says_what_is_not_checked(name: str) -> None:
    for version in versions(name):
        assert version.source
        assert version.source_sv
        assert version.source != version.source_sv
        assert version.verified or all(version.unchecked[lang] for lang in ("sv", "en"))
        for theme in version.themes:
            for measure in theme.measures:
                assert set(measure.title) == {"sv", "en"}
        assert version.floor <= version.suggested <= version.cap


def test_ppn_002_asks_for_a_tenth_and_is_not_there_before_its_day() -> None:
    policy = policy_on("ppn002", date(2026, 1, 1))
    assert policy.floor == 1000
    assert len(policy.themes) == 5
    assert sum(weights(policy, ["fair_work", "skills"], 1000, 1_000_000_00).values()) == 1000
    with pytest.raises(KvarError) as caught:
        weights(policy, ["fair_work"], 999, 1_000_000_00)
    assert caught.value.code == "procurement.policy.weight"
    with pytest.raises(KvarError):
        policy_on("ppn002", date(2025, 9, 30))
    assert [one.id for one in policies_on(date(2025, 9, 30), "ENG")] == ["preston"]
    assert [one.id for one in policies_on(date(2025, 10, 1), "ENG")] == ["ppn002", "preston"]


def test_scotland_s_limit_is_the_act_s() -> None:
    policy = policy_on("scotland", date(2026, 1, 1))
    assert policy.threshold == 4_000_000_00
    with pytest.raises(KvarError):
        policy_on("scotland", date(2016, 5, 31))
