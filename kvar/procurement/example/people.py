"""The invented people of the example's procurements: an officer and two who open and judge, and three firms."""

from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.organisations.permissions import Role
from kvar.procurement.sealing.seal import new_opener

OFFICE: tuple[tuple[str, Role], ...] = (
    ("upphandlare", "officer"), ("bedomare", "evaluator"), ("registrator", "evaluator"),
)  # fmt: skip
FIRMS = (
    ("rent-hus", "Rent Hus i Älvhamn AB (påhittat)"),
    ("strandby-stad", "Strandby Städ ek. för. (påhittad)"),
    ("nordvik-service", "Nordvik Service AB (påhittat)"),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: the buyer, the officer, the two openers with their secret keys, and the firms with a person each."""

    buyer: Organisation
    officer: User
    openers: tuple[User, User]
    keys: tuple[tuple[str, str], tuple[str, str]]  # secret, recipient
    firms: tuple[tuple[Organisation, User], ...]


def cast(buyer: Organisation, password: str, folder: Path) -> Cast:
    """Everyone with the demo's password; the openers' key files are kept in a folder, to play an opening with."""
    hashed = make_password(password)
    officer, one, other = (_person(name, hashed, buyer, role) for name, role in OFFICE)
    firms = []
    for slug, name in FIRMS:
        words = {"name": name, "country": "SE", "place": buyer.place, "kind": "firm"}
        firm, _ = Organisation.objects.get_or_create(slug=slug, defaults=words)
        firms.append((firm, _person(slug, hashed, firm, "supplier")))
    return Cast(buyer, officer, (one, other), (_key(folder, "bedomare"), _key(folder, "registrator")), tuple(firms))


def _person(name: str, hashed: str, home: Organisation, role: Role) -> User:
    email = f"{name}@alvhamn.example"
    person, _ = User.objects.get_or_create(username=email, defaults={"email": email, "password": hashed})
    add_member(organisation=home, person=person, role=role)
    return person


def _key(folder: Path, name: str) -> tuple[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    secret, public = new_opener()
    path = folder / f"{name}.txt"
    path.touch(mode=0o600)
    path.write_text(f"# public key: {public}\n{secret}\n", encoding="ascii")
    return secret, public
