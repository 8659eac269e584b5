"""Social value policies as versioned data: themes and measures, threshold, cap, how the weight is split, effort.

Data: `kvar/parameters/policies/<id>.yml`, one row a version. A procurement is judged by the version valid on the day
it is published. Weights are hundredths of a per cent of the evaluation, so that an even split sums exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kvar.core.errors import KvarError
from kvar.core.money import split

WHOLE = 10_000  # hundredths of a per cent


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure a bidder may promise on; `not_in` names jurisdictions where it may not be scored, with the reason."""

    id: str
    title: Mapping[str, str]
    unit: str
    not_in: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with its measures; `goal` is its sustainability goal in the codelist of the OCDS extension."""

    id: str
    title: Mapping[str, str]
    measures: tuple[Measure, ...]
    goal: str


@dataclass(frozen=True, slots=True)
class Effort:
    """The most that may be asked for up to a contract value (minor units; None: any): measures, characters each."""

    up_to: int | None
    measures: int
    characters: int


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a policy. `threshold` in minor units; `cap`, `floor`, `suggested` in hundredths of a per cent.

    `unchecked` says what nobody has compared with the source; `verified` is true where nothing is left to compare.
    """

    id: str
    version: str
    title: Mapping[str, str]
    valid_from: date
    jurisdiction: str
    currency: str
    threshold: int
    cap: int
    floor: int
    suggested: int
    efforts: tuple[Effort, ...]
    themes: tuple[Theme, ...]
    source: str
    source_sv: str
    verified: bool
    unchecked: Mapping[str, str]

    def measure(self, name: str) -> Measure:
        """A measure by id; `procurement.policy.measure` when it has none such."""
        found = next((m for theme in self.themes for m in theme.measures if m.id == name), None)
        if found is None:
            raise KvarError("procurement.policy.measure", measure=name, policy=self.id)
        return found

    def by_slug(self, slug: str) -> tuple[Theme, Measure] | None:
        """The theme and measure of a criterion's slug; None when the policy has none such."""
        pairs = ((theme, m) for theme in self.themes for m in theme.measures)
        return next(((theme, m) for theme, m in pairs if slug_of(m.id) == slug), None)

    def effort(self, value: int) -> Effort:
        """The cap on effort for a contract value in minor units."""
        return next(item for item in self.efforts if item.up_to is None or value <= item.up_to)


def slug_of(measure: str) -> str:
    """A measure's id as the slug of a criterion."""
    return f"m-{measure}".replace(".", "-").replace("_", "-")


@cache
def versions(name: str) -> tuple[Policy, ...]:
    """All versions of a policy, oldest first; `procurement.policy.unknown`."""
    path = files("kvar") / "parameters" / "policies" / f"{name}.yml"
    if not path.is_file():
        raise KvarError("procurement.policy.unknown", policy=name)
    rows = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["versions"]
    return tuple(sorted((_policy(name, row) for row in rows), key=lambda policy: policy.valid_from))


def known() -> tuple[str, ...]:
    """The ids of all policies."""
    folder = files("kvar") / "parameters" / "policies"
    return tuple(sorted(entry.name.removesuffix(".yml") for entry in folder.iterdir() if entry.name.endswith(".yml")))


def version_of(name: str, version: str) -> Policy:
    """A version by its name; `procurement.policy.unknown`."""
    found = next((policy for policy in versions(name) if policy.version == version), None)
    if found is None:
        raise KvarError("procurement.policy.unknown", policy=f"{name} {version}")
    return found


def policy_on(name: str, day: date) -> Policy:
    """The version valid on a day; `procurement.policy.none_yet` before the first."""
    found = _valid(name, day)
    if found is None:
        raise KvarError("procurement.policy.none_yet", policy=name, day=day.isoformat())
    return found


def policies_on(day: date, jurisdiction: str) -> list[Policy]:
    """The policies made for a jurisdiction that are valid on a day, by id."""
    found = (_valid(name, day) for name in known())
    return [policy for policy in found if policy and policy.jurisdiction == jurisdiction]


def _valid(name: str, day: date) -> Policy | None:
    valid = [policy for policy in versions(name) if policy.valid_from <= day]
    return valid[-1] if valid else None


def weights(policy: Policy, chosen: Sequence[str], weight: int, value: int) -> dict[str, int]:
    """The social weight split evenly over the chosen measures, hundredths of a per cent, by largest remainder.

    `weight` is the whole social part; `value` the contract value in minor units. Refused above the cap, below the
    floor, with none or too many measures, twice the same, or one not allowed in the policy's jurisdiction.
    """
    if not policy.floor <= weight <= policy.cap:
        raise KvarError("procurement.policy.weight", least=f"{policy.floor / 100:g}", most=f"{policy.cap / 100:g}")
    most = policy.effort(value).measures
    if not 1 <= len(chosen) <= most or len(set(chosen)) != len(chosen):
        raise KvarError("procurement.policy.count", n=len(chosen), most=most)
    for name in chosen:
        if reason := policy.measure(name).not_in.get(policy.jurisdiction):
            raise KvarError("procurement.policy.unlawful", measure=name, cite=reason)
    return dict(zip(chosen, split(weight, [1] * len(chosen)), strict=True))


def _policy(name: str, row: dict[str, Any]) -> Policy:
    cap = row["cap_percent"]
    cap, floor, suggested = (
        round(part * 100) for part in (cap, row["floor_percent"], row.get("suggested_percent", cap))
    )
    unchecked = {"sv": row["unchecked_sv"], "en": row["unchecked"]} if not row["verified"] else {}
    return Policy(
        name, row["version"], {"sv": row["sv"], "en": row["en"]}, row["valid_from"], row["jurisdiction"],
        row["currency"], row["threshold"] * 100, cap, floor, suggested,
        tuple(_effort(item) for item in row["effort"]), tuple(_theme(item) for item in row["themes"]),
        row["source"], row["source_sv"], row["verified"], unchecked,
    )  # fmt: skip


def _effort(row: dict[str, Any]) -> Effort:
    return Effort(None if row["up_to"] is None else row["up_to"] * 100, row["measures"], row["characters"])


def _theme(row: dict[str, Any]) -> Theme:
    measures = tuple(
        Measure(item["id"], {"sv": item["sv"], "en": item["en"]}, item.get("unit", "text"), item.get("not_in", {}))
        for item in row["measures"]
    )
    return Theme(row["id"], {"sv": row["sv"], "en": row["en"]}, measures, row["goal"])
