"""Who was paid, as the file spells it: distinct payees with their numbers read, persons protected."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.core.numbers import PERSON, IdNumber, keyed, mask, read_number
from kvar.ledger import distinct
from kvar.ledger.masking import may_hold
from kvar.ledger.model import PAYEES, Field
from kvar.ledger.persons import TOKEN, is_silent_form, silent, told_person

_PARTS = re.compile(r"[,;/\s]+(?=\S{6,})")
_MASKED = re.compile(r"^[A-ZÅÄÖ]{5,}-\d{3}$|^\d{6}-?[*xX]{4}$|^[*xX]{6,}")
Spelling = tuple[str, str, str, str, str, str, str]  # name, id, vat, ref, postcode, city, legal form
FIELDS: tuple[Field, ...] = (
    "supplier_name", "supplier_id", "supplier_vat", "supplier_ref", "supplier_postcode", "supplier_city",
    "legal_form",
)  # fmt: skip
_SHOWN: dict[str, Field] = {
    "name": "supplier_name", "ref": "supplier_ref", "postcode": "supplier_postcode", "city": "supplier_city",
    "legal_form": "legal_form",
}  # fmt: skip


def payee_table(spellings: Mapping[Field, pa.DictionaryArray], country: str, key: bytes) -> pa.Table:
    """PAYEES, a row a spelling (every field of FIELDS). Columns for payees that surely are no persons; all others
    by `payee_row`.
    """
    texts = {name: _stripped(spellings[name]) for name in FIELDS}
    numbers = _numbers(texts["supplier_id"], texts["supplier_vat"], country)
    odd = ~_surely_firms(texts, numbers, country)
    columns = {name: _shown(texts[field]) for name, field in _SHOWN.items()}
    columns["payee"] = pa.array(np.arange(len(odd), dtype=np.int32))
    columns["scheme"] = pa.array([found and found.scheme for found in numbers], pa.string())
    columns["number"] = pa.array([found and found.number for found in numbers], pa.string())
    columns["is_person"] = pa.array(np.zeros(len(odd), bool))
    columns["person"] = pa.nulls(len(odd), pa.string())
    index = np.flatnonzero(odd)
    cells = zip(*(distinct.texts(texts[name], index) for name in FIELDS), strict=True)
    rows = [payee_row(n, one, country, key) for n, one in zip(index.tolist(), cells, strict=True)]
    order = np.arange(len(odd))
    order[index] = len(odd) + np.arange(len(index))
    both = (
        pa.concat_arrays([columns[item.name], pa.array([row[item.name] for row in rows], item.type)])
        for item in PAYEES
    )
    return pa.table([column.take(pa.array(order)) for column in both], schema=PAYEES)


def _stripped(column: pa.DictionaryArray) -> pa.DictionaryArray:
    written = distinct.values(column)
    texts = [text.strip() for text in written]
    return column if texts == written else distinct.renamed(column, texts)


def _shown(column: pa.DictionaryArray) -> pa.StringArray:
    texts = column.dictionary
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts).take(column.indices)


def _numbers(identity: pa.DictionaryArray, vat: pa.DictionaryArray, country: str) -> list[IdNumber | None]:
    """For every payee the number in one cell, else in the other."""
    first, second = ([_best(text, country) for text in distinct.values(column)] for column in (identity, vat))
    pairs = zip(distinct.numbers(identity).tolist(), distinct.numbers(vat).tolist(), strict=True)
    return [first[a] or second[b] for a, b in pairs]


def _surely_firms(
    texts: Mapping[Field, pa.DictionaryArray], numbers: Sequence[IdNumber | None], country: str
) -> np.ndarray:
    """Payees of which nothing tells, or could tell, that they are persons; bool."""
    firms = np.array([found is None or not (found.is_person or found.is_estate) for found in numbers], bool)
    firms &= silent(texts["supplier_name"].dictionary)[distinct.numbers(texts["supplier_name"])]
    firms &= distinct.where(texts["legal_form"], is_silent_form)
    if country != "GB":
        firms &= ~distinct.where(texts["supplier_id"], _hides_person)
    for field in ("supplier_ref", "supplier_postcode", "supplier_city", "legal_form"):
        column = texts[field]
        firms &= ~may_hold(column.dictionary)[distinct.numbers(column)]
    return firms


def _hides_person(identity: str) -> bool:
    """Is a number masked by the sender, or a token of ours?"""
    return bool(_MASKED.match(identity) or TOKEN.search(identity))


def payee_row(number: int, spelling: Spelling, country: str, key: bytes) -> dict[str, object]:
    """One row of PAYEES; a person's number is keyed and the name withheld."""
    name, identity, vat, ref, postcode, city, form = (cell.strip() for cell in spelling)
    found = _best(identity, country) or _best(vat, country)
    if found is None and country != "GB" and _hides_person(identity):
        found = IdNumber(PERSON, identity, True)
    told = told_person(name, form, found)
    return {
        "payee": number,
        "name": None if told else (mask(name) or None),
        "ref": None if told else (mask(ref) or None),
        "scheme": found.scheme if found else (PERSON if told else None),
        "number": _keyed(found, name, key) if told else (found.number if found else None),
        "postcode": None if told and told != "sole_trader" else (mask(postcode) or None),
        "city": None if told else (mask(city) or None),
        "legal_form": mask(form) or None,
        "is_person": told is not None,
        "person": told,
    }


def _keyed(found: IdNumber | None, name: str, key: bytes) -> str:
    """A person's number, else name, keyed; a token is the beginning of the keyed number already."""
    token = TOKEN.search(found.number if found else name)
    if token:
        return token.group(1)
    return keyed(found.number if found else name.lower(), key)


def _best(text: str, country: str) -> IdNumber | None:
    """The number in a cell; of several, the one company among them, and none if they contradict."""
    whole = read_number(text, country)
    if whole or not text:
        return whole
    parts: Sequence[IdNumber] = [n for n in (read_number(part, country) for part in _PARTS.split(text)) if n]
    companies = {part for part in parts if not part.is_person}
    if len(companies) == 1:
        return companies.pop()
    return parts[0] if parts and not companies else None
