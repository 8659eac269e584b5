"""Residents' proposals beside what the procurement asks: what each can have become, and how it is told and logged."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kvar.core.messages import Language
from kvar.procurement.law import followed
from kvar.procurement.models import Procurement
from kvar.procurement.models.proposals import Proposal


@dataclass(frozen=True, slots=True)
class Target:
    """A part of the procurement that a proposal can have become: its kind, key and title."""

    became: str
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of the law for not taking a proposal, with its paragraphs."""

    id: str
    text: Mapping[str, str]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A proposal with what it became, in a language; `title` and `ground` are empty where there is none."""

    proposal: Proposal
    title: str
    ground: Ground | None

    @property
    def reason_is_ground(self) -> bool:
        """Nothing was written beside the ground of the law."""
        return bool(self.ground and self.proposal.reason == self.ground.text["sv"])


def targets(procurement: Procurement, language: Language) -> list[Target]:
    """Every requirement, criterion, measure and term of the procurement as it stands."""
    lines = [line.split("\t")[0] for line in procurement.functional.splitlines()]
    found = [Target("requirement", f"requirement:{_short(line)}", line) for line in lines]
    for row in procurement.criteria.exclude(kind="price").order_by("kind", "slug"):
        became = "measure" if row.kind == "social" else "criterion"
        found.append(Target(became, f"{became}:{row.slug}", row.titled(language)))
    return found + [Target("term", f"term:{term.pk}", term.clause) for term in procurement.terms.order_by("pk")]


def _short(line: str) -> str:
    """A requirement has no key of its own: the digest of its words, so that other words are another requirement."""
    return hashlib.sha256(line.encode()).hexdigest()[:16]


def grounds(procurement: Procurement) -> tuple[Ground, ...]:
    """The grounds of the buyer's act, cited by the regime that is followed; none where they have not been read."""
    return _grounds(procurement.organisation.country, followed(procurement))


@cache
def _grounds(country: str, regime: str) -> tuple[Ground, ...]:
    path = files("kvar") / "parameters" / "procurement" / "grounds" / f"{country.lower()}.yml"
    if not path.is_file():
        return ()
    rows = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return tuple(
        Ground(row["id"], {"sv": row["sv"], "en": row["en"]}, tuple(row["by"].get(regime, ()))) for row in rows
    )


def told(procurement: Procurement, language: Language) -> list[Told]:
    """Every proposal and what became of it."""
    titles = {item.key: item.title for item in targets(procurement, language)}
    known = {ground.id: ground for ground in grounds(procurement)}
    return [Told(item, titles.get(item.target, ""), known.get(item.ground)) for item in procurement.proposals.all()]


def unanswered(procurement: Procurement) -> list[Proposal]:
    """Proposals without an answer, or whose requirement, criterion, measure or term is no longer there."""
    keys = {item.key for item in targets(procurement, "sv")}
    return [
        item for item in procurement.proposals.all() if not item.became or (item.target and item.target not in keys)
    ]


def as_logged(procurement: Procurement) -> list[dict[str, Any]]:
    """The answers as a leaf keeps them: the proposal by the digest of its words, who by role only."""
    return [
        {"id": item.pk, "source": item.source, "who": item.who, "received": item.received.isoformat(),
         "sha256": hashlib.sha256(item.text.encode()).hexdigest(), "became": item.became, "target": item.target,
         "ground": item.ground, "reason": item.reason}
        for item in procurement.proposals.all()
    ]  # fmt: skip
