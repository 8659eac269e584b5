"""Who may do what: one table of roles and acts, asked for every request."""

from typing import Literal

Role = Literal["analyst", "officer", "evaluator", "steering", "administrator", "supplier"]
Act = Literal[
    "see_lines", "import", "undo", "classify", "see_log", "invite", "contracts", "review", "answer",
    "publish", "see_plans", "plan", "evaluate", "award", "follow_up", "bid",
]  # fmt: skip
ROLES: dict[Role, frozenset[Act]] = {
    "analyst": frozenset({"see_lines", "import", "undo", "classify", "see_log", "contracts", "review", "publish"}),
    "officer": frozenset(
        {
            "see_lines",
            "see_log",
            "contracts",
            "review",
            "answer",
            "see_plans",
            "plan",
            "evaluate",
            "award",
            "follow_up",
        }
    ),
    "evaluator": frozenset({"see_plans", "evaluate"}),
    "steering": frozenset({"see_log"}),
    "administrator": frozenset(
        {
            "see_lines",
            "import",
            "undo",
            "classify",
            "see_log",
            "invite",
            "contracts",
            "review",
            "answer",
            "publish",
            "see_plans",
            "plan",
            "award",
        }
    ),
    "supplier": frozenset({"bid"}),
}


FIRMS: frozenset[Act] = frozenset({"bid", "invite", "see_log"})  # a firm buys nothing here and has no ledger


def allowed(role: str | None, act: Act, kind: str = "anchor") -> bool:
    """May a role (None: not a member) of an organisation of a kind do an act?"""
    fits = kind != "firm" or act in FIRMS
    return fits and any(name == role and act in acts for name, acts in ROLES.items())
