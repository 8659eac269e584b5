"""Packed files: every member is read, within the bounds."""

import gzip

import pytest

from kvar.core.errors import KvarError
from kvar.ledger import container
from kvar.ledger.container import gunzip


def test_every_member_of_a_packed_file_is_read() -> None:
    packed = gzip.compress(b"Leverantor;Belopp\n") + gzip.compress(b"Bageriet AB;100,00\n") + b"\x00" * 9
    assert gunzip(packed, "a.gz") == b"Leverantor;Belopp\nBageriet AB;100,00\n"


@pytest.mark.parametrize(
    ("packed", "code"),
    [
        (gzip.compress(b"a") + gzip.compress(b"b" * 9999)[:-9], "ledger.file.truncated"),
        (gzip.compress(b"a") + b"not packed", "ledger.file.truncated"),
        (gzip.compress(b"a" * 600) + gzip.compress(b"b" * 600), "ledger.file.bomb"),
    ],
    ids=["cut", "rubbish", "bomb"],
)
def test_a_cut_or_too_large_later_member_is_refused(
    packed: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "MAX_BYTES", 1000 if code.endswith("bomb") else container.MAX_BYTES)
    with pytest.raises(KvarError) as caught:
        gunzip(packed, "a.gz")
    assert caught.value.code == code
