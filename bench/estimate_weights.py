"""One step of expectation and maximisation without labels: how often each level occurs among pairs that are the same
(m, each pair weighted by its posterior) and among the others (u), on the real ledgers' names and on invented ones.

The labels of the real ledgers are not looked at. Printed beside the weights in use; a person writes them over.
"""

import sys
from collections.abc import Iterator

import labelled
import names
import numpy as np
import pyarrow as pa

from kvar.suppliers.compare import COMPARISONS
from kvar.suppliers.found import LEDGER, REGISTER, Found, find
from kvar.suppliers.index import build
from kvar.suppliers.side import payees
from kvar.suppliers.weights import Thresholds, weights

EVERYTHING = Thresholds(99.0, -25.0)


def sets() -> Iterator[tuple[str, Found]]:
    """Compared pairs of each set."""
    for key, make in labelled.SETS.items():
        one = make()
        n = len(one.names)
        table = pa.table({"record_id": [str(i) for i in range(n)], "name": one.names, "country": [one.country] * n})
        left = payees(table)
        yield key, find(left, build(left), LEDGER, EVERYTHING)
    made = names.make(20_000, 150_000)
    left, index = payees(made.records), build(payees(made.register))
    yield "invented, register", find(left, index, REGISTER, EVERYTHING)


def main() -> None:
    """A line a comparison and level: m in use, and m and u as each set has them."""
    found = dict(sets())
    sys.stdout.write(f"{'':24}{'in use':>8}" + "".join(f"{key:>22}" for key in found) + "\n")
    same = {key: 1 / (1 + np.exp2(-one.weight.astype(float))) for key, one in found.items()}
    for name, compare in COMPARISONS.items():
        compared = {key: compare(one.pairs) for key, one in found.items()}
        for level, text in enumerate(next(iter(compared.values())).levels):
            known = weights(name).get(text)
            line = f"{name + ' ' + text:24}{known.m if known else 0:8.4f}"
            for key, one in compared.items():
                here = one.level == level
                m, u = (weight[here].sum() / weight.sum() for weight in (same[key], 1 - same[key]))
                line += f"{m:12.4f}{u:10.4f}"
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
