"""The log: known vectors, proofs for every size, and a stand-alone verifier that 300 tampers do not fool."""

import ast
import hashlib
import json
import random
import subprocess
import sys
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kvar.procurement import verifier
from kvar.procurement.log.leaf import canonical, leaf
from kvar.procurement.log.merkle import EMPTY, consistency, inclusion, leaf_hash, node_hash, root

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
# RFC 6962 test vectors: the eight leaves and the root of all (Certificate Transparency, merkletree tests).
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOT_8 = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"

MODEL = {
    "kind": "weighted", "price_weight": "40", "price": {"kind": "relative"},
    "criteria": [{"id": "quality", "weight": "40", "scale": "points"},
                 {"id": "jobs", "weight": "20", "scale": "level/5"}],
}  # fmt: skip


def test_known_vectors() -> None:
    hashes = [leaf_hash(bytes.fromhex(text)) for text in LEAVES]
    assert root(hashes).hex() == ROOT_8
    assert root([]) == EMPTY == hashlib.sha256(b"").digest()
    assert verifier.root(hashes).hex() == ROOT_8


@pytest.mark.parametrize("n", range(1, 40))
def test_inclusion_and_consistency_for_every_size(n: int) -> None:
    hashes = [leaf_hash(str(i).encode()) for i in range(n)]
    whole = root(hashes)
    assert verifier.root(hashes) == whole
    for i in range(n):
        assert _climb(hashes[i], i, n, inclusion(hashes, i)) == whole
    for earlier in range(1, n + 1):
        assert _continues(earlier, n, consistency(hashes, earlier), root(hashes[:earlier])) == whole


def _climb(value: bytes, index: int, n: int, path: list[bytes]) -> bytes:
    """RFC 9162 2.1.3.2, written apart from the code that makes the proofs."""
    last = n - 1
    for sibling in path:
        if index & 1 or index == last:
            value = node_hash(sibling, value)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        index, last = index >> 1, last >> 1
    return value


def _continues(earlier: int, n: int, proof: list[bytes], first: bytes) -> bytes:
    """RFC 9162 2.1.4.2: the later root that a proof leads to; empty when it does not fit the earlier root."""
    if earlier == n:
        return first
    path = [first, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    at, last = earlier - 1, n - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    one = other = path[0]
    for sibling in path[1:]:
        if at & 1 or at == last:
            one, other = node_hash(sibling, one), node_hash(sibling, other)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            other = node_hash(other, sibling)
        at, last = at >> 1, last >> 1
    return other if one == first else b""


def test_a_leaf_has_one_form_and_no_floats() -> None:
    assert canonical({"b": 1, "a": "å"}) == '{"a":"å","b":1}'.encode()
    with pytest.raises(TypeError):
        canonical({"a": [1.5]})
    with pytest.raises(ValueError, match="gossip"):
        leaf("gossip", at=START, subject="p", by="officer", values={})


def record() -> dict[str, Any]:
    bids: list[dict[str, Any]] = [
        {"id": "a", "price": 100_000_00, "given": {"quality": 70, "jobs": 5}},
        {"id": "b", "price": 95_000_00, "given": {"quality": 72, "jobs": 2}},
        {"id": "c", "price": 120_000_00, "given": {"quality": 90, "jobs": 3}},
    ]
    other = {"id": "x", "price": 1_000_00, "lot": 2, "state": "opened"}
    aside = {"id": "y", "price": 2_000_00, "lot": 1, "state": "opened"}
    read = [{"id": bid["id"], "price": bid["price"], "lot": 1, "state": "opened"} for bid in bids] + [other, aside]
    steps: list[tuple[str, dict[str, Any]]] = [("publish", {"model": MODEL}), ("open", {"bids": read})]
    steps += [
        ("score", {"bid": bid["id"], "criterion": name, "given": given, "reason": "…"})
        for bid in bids
        for name, given in bid["given"].items()
    ]
    steps.append(("reject", {"bid": "y"}))
    steps.append(("award", {"lot": 1, "bid": "a", "ranking": ["a", "c", "b"]}))
    steps.append(("score", {"bid": "x", "criterion": "quality", "given": 1, "reason": "the other lot, later"}))
    steps.append(("award", {"lot": 2, "bid": "x", "ranking": ["x"]}))
    leaves = [
        leaf(kind, at=START + timedelta(minutes=n), subject="p1", by="officer", values=values)
        for n, (kind, values) in enumerate(steps)
    ]
    return {
        "leaves": [text.decode() for text in leaves],
        "root": root([leaf_hash(text) for text in leaves]).hex(),
        "lot": 1,
        "model": MODEL,
        "bids": bids,
        "ranking": ["a", "c", "b"],
    }


def forged(steps: list[tuple[str, dict[str, Any]]], **more: Any) -> dict[str, Any]:
    """A record whose log was made anew from these steps: the leaves hash to the root, whatever they say."""
    leaves = [
        leaf(kind, at=START + timedelta(minutes=n), subject="p1", by="officer", values=values).decode()
        for n, (kind, values) in enumerate(steps)
    ]
    whole = {"leaves": leaves, "root": root([leaf_hash(text.encode()) for text in leaves]).hex(), "model": MODEL}
    return whole | {"lot": 3, "bids": [], "closed": "Inget anbud kom in"} | more


def steps_of(cancelled: bool) -> list[tuple[str, dict[str, Any]]]:
    """Lot 1 is awarded; lot 3 is closed: its one bid was set aside, or the lot is cancelled with the bid."""
    bids = [{"id": name, "price": 5_00, "lot": lot, "state": "opened"} for name, lot in (("a", 1), ("z", 3))]
    close = {"lot": 3, "reason": "Inget anbud kom in", "cancelled": cancelled}
    steps: list[tuple[str, dict[str, Any]]] = [
        ("publish", {"model": MODEL, "lots": [1, 3]}),
        ("open", {"bids": bids}),
    ]
    steps += [] if cancelled else [("reject", {"bid": "z"})]
    return [*steps, ("close", close), ("award", {"lot": 1, "bid": "a", "ranking": ["a"]})]


LEFT = [{"id": "z", "price": 5_00, "given": {}}]


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_closed_lot_s_record_is_whole_and_every_forgery_of_it_is_told(cancelled: bool) -> None:
    steps, left = steps_of(cancelled), LEFT if cancelled else []
    whole = forged(steps, bids=left)
    assert verifier.faults(whole) == []
    at = next(n for n, (kind, _) in enumerate(steps) if kind == "close")
    close = steps[at][1]

    def told(changed: list[tuple[str, dict[str, Any]]], **more: Any) -> list[str]:
        return verifier.faults(forged(changed, **({"bids": left} | more)))

    assert told(steps[:at] + steps[at + 1 :]) == ["lot 3 was decided 0 times", "the reason is not the one of the log"]
    assert told([*steps[: at + 1], *steps[at:]])[0] == "lot 3 was decided 2 times"
    assert told([*steps[:at], ("close", close | {"reason": "Annat"}), *steps[at + 1 :]])
    assert told([*steps[:at], ("close", close | {"cancelled": not cancelled}), *steps[at + 1 :]])
    assert told(steps, closed="Annat skäl")
    assert told(steps, bids=[] if cancelled else LEFT)
    assert told([*steps, ("award", {"lot": 3, "bid": "z", "ranking": ["z"]})]) == ["lot 3 was decided 2 times"]
    assert told([*steps, ("reject", {"bid": "z"})])
    assert told([steps[0], steps[at], *steps[1:at], *steps[at + 1 :]])
    assert told([*steps, ("cancel", {"reason": "x"})]) == ["the procurement was cancelled"]
    assert told([("publish", {"model": MODEL, "lots": [1, 2, 3]}), *steps[1:]]) == ["lot 2 was decided 0 times"]


def test_an_awarded_lot_that_was_closed_too_is_told() -> None:
    changed = record()
    close = {"lot": 1, "reason": "x", "cancelled": True}
    text = leaf("close", at=START + timedelta(hours=9), subject="p1", by="officer", values=close).decode()
    changed["leaves"].append(text)
    changed["root"] = root([leaf_hash(one.encode()) for one in changed["leaves"]]).hex()
    assert verifier.faults(changed) == ["lot 1 was decided 2 times"]


def test_what_is_noted_of_a_bid_after_the_decision_is_told() -> None:
    changed = record()
    text = leaf("explain", at=START + timedelta(hours=9), subject="p1", by="officer", values={"bid": "a"}).decode()
    changed["leaves"].append(text)
    changed["root"] = root([leaf_hash(one.encode()) for one in changed["leaves"]]).hex()
    assert verifier.faults(changed) == ["a bid was judged, asked about or set aside after the decision"]


def test_a_whole_record_is_whole(tmp_path: Path) -> None:
    whole = record()
    receipt = {"id": "r1", "leaf": leaf_hash(whole["leaves"][0].encode()).hex()}
    assert verifier.faults(whole, [receipt]) == []
    for name, content in (("record", whole), ("receipt", receipt)):
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(verifier.__file__), str(tmp_path / "record.json"), str(tmp_path / "receipt.json")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "whole: log, scores and ranking agree\n")


def test_300_tampers_are_all_caught() -> None:
    whole, draw = record(), random.Random(300)
    tampers = (_edit, _delete, _insert, _swap, _truncate, _price, _score, _rank, _model, _leave_out)
    caught = 0
    for n in range(300):
        changed = deepcopy(whole)
        tampers[n % len(tampers)](changed, draw)
        assert changed != whole, n
        caught += bool(verifier.faults(changed))
    assert caught == 300


def test_a_log_made_anew_does_not_hold_an_old_receipt() -> None:
    whole = record()
    receipt = {"id": "r1", "leaf": leaf_hash(whole["leaves"][3].encode()).hex()}
    _edit(whole, random.Random(1), at=3)
    whole["root"] = root([leaf_hash(text.encode()) for text in whole["leaves"]]).hex()
    assert "receipt r1 is not in the log" in verifier.faults(whole, [receipt])


def _edit(changed: dict[str, Any], draw: random.Random, at: int | None = None) -> None:
    n = draw.randrange(len(changed["leaves"])) if at is None else at
    changed["leaves"][n] = changed["leaves"][n].replace('"by":"officer"', f'"by":"officer{draw.randrange(9)}"')


def _delete(changed: dict[str, Any], draw: random.Random) -> None:
    del changed["leaves"][draw.randrange(len(changed["leaves"]))]


def _insert(changed: dict[str, Any], draw: random.Random) -> None:
    text = leaf("answer", at=START, subject="p1", by="officer", values={"n": draw.randrange(10**6)}).decode()
    changed["leaves"].insert(draw.randrange(len(changed["leaves"])), text)


def _swap(changed: dict[str, Any], draw: random.Random) -> None:
    i, j = draw.sample(range(len(changed["leaves"])), 2)
    rows = changed["leaves"]
    rows[i], rows[j] = rows[j], rows[i]


def _truncate(changed: dict[str, Any], draw: random.Random) -> None:
    del changed["leaves"][draw.randrange(len(changed["leaves"])) :]


def _leave_out(changed: dict[str, Any], draw: random.Random) -> None:
    gone = changed["bids"].pop(draw.randrange(3))["id"]
    changed["ranking"].remove(gone)


def _price(changed: dict[str, Any], draw: random.Random) -> None:
    changed["bids"][1]["price"] -= draw.randrange(1, 60_000_00)


def _score(changed: dict[str, Any], draw: random.Random) -> None:
    changed["bids"][draw.randrange(3)]["given"]["jobs"] = 4


def _rank(changed: dict[str, Any], draw: random.Random) -> None:
    changed["ranking"] = draw.choice((["b", "a", "c"], ["c", "a", "b"], ["a", "b", "c"]))


def _model(changed: dict[str, Any], draw: random.Random) -> None:
    changed["model"]["criteria"][draw.randrange(2)]["weight"] = "30"


def test_the_verifier_stands_alone() -> None:
    tree = ast.parse(Path(str(verifier.__file__)).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
