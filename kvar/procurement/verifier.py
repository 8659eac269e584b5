"""Check a procurement's record without Kvar: one file, standard library only, for anyone who was there or not.

    python verifier.py record.json [receipt.json …]

The record is what the buyer publishes of a lot after the award: `leaves` (canonical JSON texts, of all lots), `root`
(hex), `lot`, `model`, `bids`, and `ranking`, or `closed`: the reason for which the lot ended without an award. It
checks that the leaves hash to the root (RFC 6962), that each receipt's leaf is among them, that leaves come in order
of time, that no score came before the opening and nothing of the lot after its decision, that each lot was decided
once, that every bid read for the lot and not set aside is there, that model, prices and scores are those of the log,
and that the ranking is the award's and follows from them by the published model, in exact fractions; of a closed lot
that no bid was left, or that it was told to be cancelled. Exit code 0: whole.
"""

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

ENDS, JUDGING = ("award", "close"), ("score", "explain", "reject")


def leaf_hash(leaf: bytes) -> bytes:
    """SHA-256(0x00 ‖ leaf)."""
    return hashlib.sha256(b"\0" + leaf).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The RFC 6962 root, built level by level."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    level = list(hashes)
    while len(level) > 1:
        paired = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = paired + level[len(level) & ~1 :]
    return level[0]


def faults(record: Row, receipts: Sequence[Row] = ()) -> list[str]:
    """Everything that does not hold, in words; empty when the record is whole."""
    texts: list[str] = record["leaves"]
    hashes = [leaf_hash(text.encode()) for text in texts]
    found = [] if root(hashes).hex() == record["root"] else ["the leaves do not hash to the root"]
    known = {value.hex() for value in hashes}
    found += [f"receipt {item['id']} is not in the log" for item in receipts if item["leaf"] not in known]
    leaves = [json.loads(text) for text in texts]
    found += order_faults(leaves, record) + frozen_faults(leaves, record) + score_faults(leaves, record)
    found += decision_faults(leaves)
    if "closed" in record:
        return found + closed_faults(leaves, record)
    return found + ranking_faults(record) + award_faults(leaves, record)


def order_faults(leaves: Sequence[Row], record: Row) -> list[str]:
    """Time never goes back; the lot's scores come after the opening, and nothing of its bids after its decision."""
    times = [row["at"] for row in leaves]
    found = [] if times == sorted(times) else ["leaves are not in order of time"]
    own = {bid["id"] for bid in record["bids"]}
    scores = [n for n, row in enumerate(leaves) if row["kind"] == "score" and row["values"]["bid"] in own]
    opened = [n for n, row in enumerate(leaves) if row["kind"] == "open"]
    told = {bid["id"] for bid in read(leaves) if bid["lot"] == record["lot"]}
    acts = [n for n, row in enumerate(leaves) if row["kind"] in JUDGING and row["values"]["bid"] in told]
    decided = [n for n, row in enumerate(leaves) if row["kind"] in ENDS and row["values"]["lot"] == record["lot"]]
    if scores and (not opened or min(scores) < opened[0]):
        found.append("a score came before the opening")
    if acts and decided and max(acts) > decided[0]:
        found.append("a bid was judged, asked about or set aside after the decision")
    return found


def read(leaves: Sequence[Row]) -> list[Row]:
    """The bids as they were read at the opening, of all lots."""
    return [bid for row in leaves if row["kind"] == "open" for bid in row["values"]["bids"]]


def decision_faults(leaves: Sequence[Row]) -> list[str]:
    """Every lot published, bid for or decided is awarded or closed, once; and the whole was not cancelled."""
    lots = {bid["lot"] for bid in read(leaves)}
    lots |= {lot for row in leaves if row["kind"] == "publish" for lot in row["values"].get("lots", ())}
    ends = [row["values"]["lot"] for row in leaves if row["kind"] in ENDS]
    lots |= set(ends)
    found = [f"lot {lot} was decided {ends.count(lot)} times" for lot in sorted(lots) if ends.count(lot) != 1]
    return found + ["the procurement was cancelled" for row in leaves if row["kind"] == "cancel"]


def frozen_faults(leaves: Sequence[Row], record: Row) -> list[str]:
    """The model is the published one; bids and prices are those read at the opening, less those set aside."""
    models = [row["values"]["model"] for row in leaves if row["kind"] == "publish"]
    found = [] if models == [record["model"]] else ["the model is not the one that was published"]
    aside = {row["values"]["bid"] for row in leaves if row["kind"] == "reject"}
    told = {
        bid["id"]: bid["price"]
        for bid in read(leaves)
        if bid["lot"] == record["lot"] and bid["state"] == "opened" and bid["id"] not in aside
    }
    if told != {bid["id"]: bid["price"] for bid in record["bids"]}:
        found.append("the bids and prices are not those read at the opening")
    return found


def score_faults(leaves: Sequence[Row], record: Row) -> list[str]:
    """The last score of each of the lot's bids and criteria in the log is the record's."""
    logged: dict[tuple[str, str], int] = {}
    own = {bid["id"] for bid in record["bids"]}
    for row in leaves:
        if row["kind"] == "score" and row["values"]["bid"] in own:
            values = row["values"]
            logged[values["bid"], values["criterion"]] = values["given"]
    told = {(bid["id"], name): given for bid in record["bids"] for name, given in bid["given"].items()}
    return [] if logged == told else ["the scores of the record are not those of the log"]


def ranking_faults(record: Row) -> list[str]:
    """The published order follows from prices, scores and the model."""
    bids, model = record["bids"], record["model"]
    values = {bid["id"]: value(model, bid, bids) for bid in bids}
    sign = 1 if model["kind"] == "deduction" else -1
    order = sorted(values, key=lambda name: (sign * values[name], name))
    return [] if order == record["ranking"] else [f"the ranking should be {', '.join(order)}"]


def award_faults(leaves: Sequence[Row], record: Row) -> list[str]:
    """The lot was awarded once, by this ranking, to one whose value is the best."""
    awards = [row["values"] for row in leaves if row["kind"] == "award" and row["values"]["lot"] == record["lot"]]
    if [award["ranking"] for award in awards] != [record["ranking"]]:
        return ["the ranking is not the one of the award"]
    values = {bid["id"]: value(record["model"], bid, record["bids"]) for bid in record["bids"]}
    first, winner = record["ranking"][0], awards[0]["bid"]
    return [] if values.get(winner) == values.get(first) else ["the award went to another than the first"]


def closed_faults(leaves: Sequence[Row], record: Row) -> list[str]:
    """The lot was closed for the reason told, after the opening; where bids were left it was said to be cancelled."""
    at = [n for n, row in enumerate(leaves) if row["kind"] == "close" and row["values"]["lot"] == record["lot"]]
    opened = [n for n, row in enumerate(leaves) if row["kind"] == "open"]
    if [leaves[n]["values"]["reason"] for n in at] != [record["closed"]] or not record["closed"]:
        return ["the reason is not the one of the log"]
    found = [] if opened and opened[0] < at[0] else ["the lot was closed before the opening"]
    if leaves[at[0]]["values"].get("cancelled", False) != bool(record["bids"]):
        found.append("a lot with bids left was not cancelled, or one without was")
    return found


def value(model: Row, bid: Row, bids: Sequence[Row]) -> Fraction:
    """What a bid is ranked by: points (weighted), minor units (deduction) or points a minor unit (quotient)."""
    if model["kind"] == "deduction":
        return Fraction(
            bid["price"] - sum(levels[str(bid["given"][name])] for name, levels in model["worth"].items())
        )
    quality = sum((part(item, bid["given"][item["id"]]) for item in model["criteria"]), Fraction(0))
    if model["kind"] == "quotient":
        return quality / Fraction(bid["price"])
    return Fraction(model["price_weight"]) * price_part(model["price"], bid, bids) + quality


def part(criterion: Row, given: int) -> Fraction:
    """Weight times the part of its scale."""
    scales = {"points": Fraction(given, 100), "level/5": Fraction(given, 5), "(level-1)/4": Fraction(given - 1, 4)}
    return Fraction(criterion["weight"]) * scales[criterion["scale"]]


def price_part(price: Row, bid: Row, bids: Sequence[Row]) -> Fraction:
    """Relative: lowest / own. Linear: 1 at full_at, 0 at zero_at."""
    if price["kind"] == "relative":
        return Fraction(min(other["price"] for other in bids), bid["price"])
    share = Fraction(price["zero_at"] - bid["price"], price["zero_at"] - price["full_at"])
    return min(Fraction(1), max(Fraction(0), share) if price["floored"] else share)


def main(arguments: Sequence[str]) -> int:
    """Print the faults, or that there are none."""
    if not arguments:
        sys.stderr.write(__doc__ or "")
        return 2
    record, *receipts = (json.loads(Path(name).read_text(encoding="utf-8")) for name in arguments)
    found = faults(record, receipts)
    sys.stdout.write("\n".join(found) + "\n" if found else "whole: log, scores and ranking agree\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
