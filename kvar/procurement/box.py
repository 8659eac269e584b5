"""The bid box: sealed files on disk and no row in any table, so that nothing tells whether or how many have bid.

`<data>/box/<procurement>/<lot>/<owner>/` holds a bidder's uploads and, once submitted, `submitted.json`. `owner` is
an HMAC of bidder and procurement: a listing tells no name. The bidder finds its own; all together can be read only
after the deadline. Who rules the machine's disk can count folders: docs/adr/0010 says so.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.organisations.models import Organisation
from kvar.procurement.kept import Body, stream
from kvar.procurement.models import Lot, Procurement


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submitted bid as the box keeps it; `parts`: pair "a+b" -> opener -> base64 age file."""

    seal: str
    bidder: int
    sha256: str
    at: str
    parts: Mapping[str, Mapping[str, str]]

    @property
    def time(self) -> datetime:
        """When it was submitted."""
        return datetime.fromisoformat(self.at)


def keep(lot: Lot, bidder: Organisation, body: Body) -> str:
    """Keep an uploaded ciphertext, any time before the deadline; its sha256. `procurement.bid.too_large`."""
    return stream(body, _folder(lot, bidder), suffix=".age", too_large="procurement.bid.too_large")


def put(lot: Lot, bidder: Organisation, sha256: str, parts: Mapping[str, Mapping[str, str]]) -> Submitted:
    """Submit an upload: the last one submitted counts, and only before the deadline, by the clock read here.

    `procurement.bid.not_uploaded` when the file is not there, `procurement.bid.late` when the clock has passed it.
    """
    folder = _folder(lot, bidder)
    if not uploaded(lot, bidder, sha256):
        raise KvarError("procurement.bid.not_uploaded")
    now = timezone.now()
    if lot.procurement.deadline is None or now >= lot.procurement.deadline:
        raise KvarError("procurement.bid.late")
    made = Submitted(secrets.token_hex(16), bidder.pk, sha256, now.isoformat(), parts)
    beside = folder / f"{made.seal}.part"
    beside.write_text(json.dumps(asdict(made)), encoding="utf-8")
    beside.rename(folder / "submitted.json")
    return made


def uploaded(lot: Lot, bidder: Organisation, sha256: str) -> bool:
    """Is the bidder's upload with this digest here?"""
    return len(sha256) == 64 and sha256.isalnum() and (_folder(lot, bidder) / f"{sha256}.age").is_file()


def kept(lot: Lot, bidder: Organisation) -> str | None:
    """The sha256 of the bidder's latest upload for a lot, None when there is none."""
    found = sorted(_folder(lot, bidder).glob("*.age"), key=lambda path: path.stat().st_mtime_ns)
    return found[-1].stem if found else None


def take_back(lot: Lot, bidder: Organisation) -> None:
    """Withdraw: what was submitted leaves; nothing happens when nothing was."""
    (_folder(lot, bidder) / "submitted.json").unlink(missing_ok=True)


def own(lot: Lot, bidder: Organisation) -> Submitted | None:
    """The bidder's own submitted bid for a lot."""
    return _read(_folder(lot, bidder) / "submitted.json")


def everything(lot: Lot) -> Iterator[Submitted]:
    """All that was submitted, in order of time, once the deadline has passed; `procurement.box.closed` before."""
    procurement = lot.procurement
    if procurement.deadline is None or timezone.now() < procurement.deadline:
        raise KvarError("procurement.box.closed")
    found = [_read(path) for path in _of(procurement, lot).glob("*/submitted.json")]
    yield from sorted((item for item in found if item), key=lambda item: (item.at, item.seal))


def body(lot: Lot, item: Submitted) -> bytes:
    """The ciphertext of a submitted bid, found by its digest: whatever the server's key is by then."""
    return next(_of(lot.procurement, lot).glob(f"*/{item.sha256}.age")).read_bytes()


def own_folder(lot: Lot, bidder: Organisation) -> Path:
    """The bidder's own folder, for what only the bidder may see."""
    return _folder(lot, bidder)


def _read(path: Path) -> Submitted | None:
    return Submitted(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def _of(procurement: Procurement, lot: Lot) -> Path:
    return Path(settings.DATA) / "box" / str(procurement.pk) / str(lot.number)


def _folder(lot: Lot, bidder: Organisation) -> Path:
    key = settings.SECRET_KEY.encode()
    owner = hmac.new(key, f"{lot.procurement_id}|{bidder.pk}".encode(), hashlib.sha256).hexdigest()[:32]
    return _of(lot.procurement, lot) / owner
