"""Which format a file has is decided by its first sign, never by its name."""

from kvar.core.errors import KvarError
from kvar.ledger.encoding import decode
from kvar.procurement.notices.eforms import read_eforms
from kvar.procurement.notices.ocds import read_ocds
from kvar.procurement.notices.seen import Read
from kvar.procurement.notices.table import read_table

LARGEST = 50_000_000


def read(data: bytes, name: str) -> Read:
    """The notices of a file; `procurement.notices.*` or `ledger.*` where it cannot be read or holds none."""
    if len(data) > LARGEST:
        raise KvarError("procurement.notices.too_large", file=name, most=LARGEST // 1_000_000)
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        found = read_eforms(data, name)
    elif start in (b"{", b"["):
        found = read_ocds(decode(data, name).text, name)
    else:
        found = read_table(decode(data, name).text, name)
    if not found.notices:
        raise KvarError("procurement.notices.none", file=name)
    return found
