"""What a leaf holds: who did what to what, when and why, as canonical JSON, so that anyone can recompute its hash.

Kinds that decide: publish, answer, deadline, open, score, award, sign, promise, verify, policy, cancel, declare,
explain, reject, proposals (what became of the residents' proposals, at publication).
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

KINDS = (
    "publish", "answer", "deadline", "open", "score", "award", "sign", "promise", "verify", "policy", "cancel",
    "declare", "explain", "reject", "proposals", "close",
)  # fmt: skip


def leaf(kind: str, *, at: datetime, subject: str, by: str, values: Mapping[str, Any]) -> bytes:
    """The bytes of a leaf; ValueError for another kind or a time without zone. `by` is a role, never a name."""
    if kind not in KINDS or at.tzinfo is None:
        raise ValueError(kind)
    row = {"kind": kind, "at": at.astimezone(UTC).isoformat(), "subject": subject, "by": by, "values": dict(values)}
    return canonical(row)


def canonical(row: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys, no blanks, UTF-8 and no floats (TypeError): one value has one form."""
    _no_floats(row)
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _no_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no one form")
    if isinstance(value, Mapping):
        for item in value.values():
            _no_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _no_floats(item)
