"""Real ledgers whose own numbers say who is who: names with the label hidden, made on the fly, never stored.

A record is a distinct spelling (capitals and runs of blanks aside). Its labels are what the sender's own numbers say:
`id:` the sender's supplier number, `vat:` a VAT number, `coh:` a company number, `charity:` a charity number. Persons
(by the sender's own creditor type) and redacted names are left out.
"""

import csv
import gzip
import hashlib
import io
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kvar.suppliers.evaluate import Pair, components, pairs_sharing
from kvar.suppliers.normalise import normalise

DATA = Path(os.environ.get("ANKRA_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))
PERSONS = {"INDV", "SOLE", "EY", "PRSH"}  # individuals, sole traders, childminders, partnerships
REDACTED = re.compile(r"REDACT|WITHHELD|PERSONAL DATA|DATA PROTECTION|RESIDENT$")
CROWDED = 5  # a number this many names share is a trust's, a group's or a council's: a payer, not one supplier
Labels = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Records (their spelling) with the labels of each, in the spelling's order; `country` as the ledger's."""

    key: str
    country: str
    names: list[str]
    labels: list[frozenset[str]]

    def true(self) -> set[Pair]:
        """Pairs that share a label, as the sender wrote it."""
        return pairs_sharing(self.labels)

    def unsure(self) -> set[Pair]:
        """Pairs the labels cannot settle: joined by a crowded number, or by one number against another; or kept apart
        only by the sender's own supplier numbers though the names are the same (one supplier with two accounts)."""
        crowd = Counter(label for own in self.labels for label in own)
        settled = pairs_sharing([{n for n in own if crowd[n] < CROWDED and _strong(n)} for own in self.labels])
        return {pair for pair in self.true() if pair not in settled or self._against(pair)} | self._accounts()

    def _against(self, pair: Pair) -> bool:
        """Do both carry VAT numbers, and none in common?"""
        left, right = ({n for n in self.labels[record] if n.startswith("vat:")} for record in pair)
        return bool(left and right and not left & right)

    def _accounts(self) -> set[Pair]:
        """Pairs of one normalised name without a common label, unless both carry a number of law."""
        by_law = [any(not label.startswith("id:") for label in own) for own in self.labels]
        same = pairs_sharing([{normalise(name)} for name in self.names]) - self.true()
        return {(left, right) for left, right in same if not (by_law[left] and by_law[right])}

    def units(self) -> list[int]:
        """The component of each record under the truth."""
        return components(len(self.names), self.true())

    def half(self, tuning: bool) -> list[bool]:
        """Is each record of the tuning (or the held-out) half? By a hash of the component's first label."""
        units = self.units()
        first: dict[int, str] = {}
        for unit, own in zip(units, self.labels, strict=True):
            first[unit] = min(first.get(unit, "~"), min(own, default="~"))
        held = {
            unit: hashlib.sha256(f"{self.key}/{name}".encode()).digest()[0] % 2 == 1 for unit, name in first.items()
        }
        return [held[unit] != tuning for unit in units]


def _strong(label: str) -> bool:
    """Is the label alone enough? A VAT number is also a group's, so it is not."""
    return not label.startswith("vat:")


def devon() -> Labelled:
    """Supplier numbers and VAT numbers; persons by creditor type."""
    labels: Labels = defaultdict(set)
    persons = set()
    for written, ref, vat, kind in _rows(
        "devon", ["supplier name"], ["supplier id"], ["vat reg no"], ["creditor type"]
    ):
        name = _spelling(written)
        persons |= {name} if kind in PERSONS else set()
        labels[name] |= _label("id", ref, r"\d{4,6}")
        labels[name] |= _label("vat", vat.replace(" ", ""), r"(?:GB)?(?!(\d)\1{8})\d{9}")
    return _labelled("devon", {name: own for name, own in labels.items() if name not in persons})


def wakefield() -> Labelled:
    """Company and charity numbers, lost zeros and slips of the pen mended where one name carries both forms."""
    labels: Labels = defaultdict(set)
    companies = ("comp. reg. no", "company registraation number", "company registration")
    charities = ("charity number", "charity registration number", "charity registration")
    for written, company, charity in _rows("wakefield-clean", ["supplier name"], companies, charities):
        labels[_spelling(written)] |= _label("coh", _company(company), r"[A-Z\d]{8}")
        labels[_spelling(written)] |= _label("charity", charity.split("-")[0], r"(?!0+$)\d{6,7}")
    return _labelled("wakefield", mended(labels))


def calderdale() -> Labelled:
    """Supplier numbers, and company numbers where there are any."""
    labels: Labels = defaultdict(set)
    names = ("supplier(beneficiary) name", "supplier name")
    for written, ref, company in _rows(
        "calderdale-clean", names, ["supplier id"], ["supplier registered company number"]
    ):
        labels[_spelling(written)] |= _label("id", ref, r"[SM]\d{2,6}")
        labels[_spelling(written)] |= _label("coh", _company(company), r"[A-Z\d]{8}")
    return _labelled("calderdale", labels)


SETS: dict[str, Callable[[], Labelled]] = {"devon": devon, "wakefield": wakefield, "calderdale": calderdale}


def mended(labels: Labels) -> Labels:
    """Company numbers one name carries in two forms that differ as slips do, made one: the one more names carry."""
    carried = Counter(label for own in labels.values() for label in own)
    same: dict[str, str] = {}
    for own in labels.values():
        for pair in combinations(sorted(n for n in own if n.startswith("coh:")), 2):
            if is_slip(*pair):
                rare, usual = sorted(pair, key=lambda label: (carried[label], label))
                same[rare] = usual
    return {name: {same.get(label, label) for label in own} for name, own in labels.items()}


def is_slip(left: str, right: str) -> bool:
    """Zeros lost anywhere; one digit dropped, exchanged, or swapped with its neighbour."""
    if left.replace("0", "") == right.replace("0", ""):
        return True
    short, long = sorted((left[4:].lstrip("0"), right[4:].lstrip("0")), key=len)
    if len(long) == len(short) + 1:
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    differ = [i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b]
    return len(short) == len(long) and (
        len(differ) == 1 or (len(differ) == 2 and sorted(short[i] for i in differ) == sorted(long[i] for i in differ))
    )


def _labelled(key: str, labels: Labels) -> Labelled:
    kept = sorted((name, own) for name, own in labels.items() if name and own and not REDACTED.search(name))
    return Labelled(key, "GB", [name for name, _ in kept], [frozenset(own) for _, own in kept])


def _rows(folder: str, *wanted: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Of each line the cells wanted, each under the first of its column names that is filled; distinct in a file."""
    for path in sorted((DATA / "ledgers" / folder).glob("*.csv.gz")):
        raw = gzip.decompress(path.read_bytes())
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
        lines = csv.reader(io.StringIO(text))
        header = [cell.strip().lower() for cell in next(lines)]
        places = [[header.index(name) for name in names if name in header] for names in wanted]
        yield from {tuple(_cell(line, columns) for columns in places) for line in lines}


def _cell(line: list[str], columns: list[int]) -> str:
    return next((cell for at in columns if at < len(line) and (cell := line[at].strip())), "")


def _spelling(name: str) -> str:
    return " ".join(name.upper().split())


def _label(kind: str, number: str, pattern: str) -> set[str]:
    return {f"{kind}:{number.removeprefix('GB')}"} if re.fullmatch(pattern, number) else set()


def _company(text: str) -> str:
    """A company number with its leading zeros back (`BR7985` is `BR007985`); empty for anything else."""
    found = re.fullmatch(r"([A-Z]{2})?(\d{2,8}[A-Z]?)", text.upper().replace(" ", ""))
    if not found:
        return ""
    letters = found.group(1) or ""
    return letters + found.group(2).zfill(8 - len(letters))
