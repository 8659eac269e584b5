"""The doors of an organisation's workbench: what is done there, in the order of the work, and what each is for."""

from dataclasses import dataclass

from django.urls import reverse

from kvar.organisations.models import Organisation
from kvar.organisations.permissions import Act, allowed

DOORS: tuple[tuple[str, tuple[tuple[str, Act, str], ...]], ...] = (
    ("read", (
        ("import", "import", "workbench.import"),
        ("contracts", "contracts", "contracts.title"),
        ("surveys", "import", "workbench.surveys"),
    )),
    ("sort", (
        ("identity", "classify", "identity.title"),
        ("overrides", "classify", "workbench.rules"),
        ("influence", "classify", "influence.title"),
    )),
    ("act", (
        ("look", "review", "worth.title"),
        ("procurements", "see_plans", "plan.mine.title"),
        ("open-ledger", "publish", "open_data.desk.title"),
        ("people", "invite", "workbench.people"),
    )),
)  # fmt: skip
OF_ALL = ("procurements",)


@dataclass(frozen=True, slots=True)
class Door:
    """An address, and the text codes of its title and of what it is for."""

    url: str
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Group:
    """The text code of a heading and the doors below it; none of them is empty."""

    title: str
    doors: tuple[Door, ...]


def doors(organisation: Organisation, role: str | None) -> tuple[Group, ...]:
    """The groups with the doors that the role opens."""
    found = (Group(f"workbench.doors.{name}", _opened(organisation, role, rows)) for name, rows in DOORS)
    return tuple(group for group in found if group.doors)


def _opened(organisation: Organisation, role: str | None, rows: tuple[tuple[str, Act, str], ...]) -> tuple[Door, ...]:
    return tuple(
        Door(reverse(name, args=() if name in OF_ALL else (organisation.slug,)), title, f"workbench.door.{name}")
        for name, act, title in rows
        if allowed(role, act, organisation.kind)
    )
