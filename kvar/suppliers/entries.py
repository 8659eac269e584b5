"""Text columns of a register to its entries: numbers read, persons dropped, forms, owners and sizes in our words."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from kvar.core.errors import KvarError
from kvar.core.numbers import ESTATE, has_person_number
from kvar.ledger.masking import may_hold
from kvar.suppliers.forms import group_of_form
from kvar.suppliers.identify import Numbers, read_numbers
from kvar.suppliers.names import split
from kvar.suppliers.ownership import OWNERSHIPS
from kvar.suppliers.registers.catalogue import FIELDS, Register
from kvar.suppliers.size import SIZES, heads, size_class

TEXT = pa.string()
ENTRIES = pa.schema(
    [
        *((name, TEXT) for name in (
            "scheme", "number", "name", "name_key", "country", "postcode", "place", "district", "form_group",
            "ownership", "industry", "size",
        )),
        ("employees", pa.int32()),
        *((name, TEXT) for name in ("parent", "collects", "ended", "ref")),
    ]
)  # fmt: skip
WORKPLACES = pa.schema(
    [
        *((name, TEXT) for name in ("scheme", "number", "ref", "country", "postcode", "place", "district")),
        ("low", pa.int32()),
        ("high", pa.int32()),
    ]
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows read: what is kept, and how many were persons or without a number."""

    kept: pa.Table
    persons: int
    unnumbered: int


def entries(table: pa.Table, register: Register, country: str) -> Piece:
    """Rows of ENTRIES; a plain register with an owner or size that is no class is refused.

    Persons are dropped, as are names that hold a person's number; of a sole trader with a company's number the form
    is kept, without the name.
    """
    text = prepared(table, register)
    numbers = read_numbers(_rewritten(text, register), country)
    forms = mapped(text["form"], lambda value: _form(value, register))
    known = pc.is_valid(numbers.number)
    trader = pc.fill_null(pc.equal(forms, "sole_trader"), False)
    person = pc.or_(pc.or_(numbers.is_person, _estate(numbers)), pc.and_(trader, pc.invert(known)))
    person = pc.or_(person, _holds_number(text["name"]))
    text["name"] = pc.if_else(trader, pa.scalar(None, TEXT), text["name"])
    named = pc.or_(pc.and_(trader, known), pc.is_valid(text["name"]))
    wanted = pc.and_(pc.or_(known, register.unnumbered), named)
    kept = pc.and_(wanted, pc.invert(person))
    columns = _described(text, register, country) | {
        "scheme": numbers.scheme,
        "number": numbers.number,
        "form_group": forms,
    }
    found = pa.table([columns[name] for name in ENTRIES.names], ENTRIES).filter(kept)
    return Piece(found, _count(person), _count(pc.and_(pc.invert(wanted), pc.invert(person))))


def workplaces(table: pa.Table, register: Register, country: str) -> Piece:
    """Rows of WORKPLACES (and of residents); without a number or the publisher's own id they are counted only."""
    text = prepared(table, register)
    numbers = read_numbers(text["number"], country)
    staff = text["employees"].dictionary_encode()
    found = [heads(value) for value in staff.dictionary.to_pylist()]
    low, high = (
        pa.array([pair[n] if pair else None for pair in found], pa.int32()).take(staff.indices) for n in (0, 1)
    )
    kept = pc.and_(pc.or_(pc.is_valid(numbers.number), pc.is_valid(text["ref"])), pc.invert(numbers.is_person))
    columns = text | {
        "scheme": numbers.scheme,
        "number": numbers.number,
        "country": pa.repeat(country, table.num_rows),
        "postcode": _postcode(text["postcode"]),
        "low": low,
        "high": high,
    }
    rows = pa.table([columns[name] for name in WORKPLACES.names], WORKPLACES).filter(kept)
    persons = _count(numbers.is_person)
    return Piece(rows, persons, table.num_rows - rows.num_rows - persons)


def prepared(table: pa.Table, register: Register) -> dict[str, pa.Array]:
    """Every field of the kind as trimmed text (null where there is none), after the register's `extract`."""
    found = {}
    for name in FIELDS[register.kind]:
        column = pa.nulls(table.num_rows, TEXT)
        if name in table.column_names:
            column = pc.utf8_trim_whitespace(pc.replace_substring(_whole(table[name]), "\x00", ""))
            if pattern := register.extract.get(name):
                column = pc.utf8_trim_whitespace(pc.struct_field(pc.extract_regex(column, pattern), "x"))
            column = pc.if_else(pc.equal(column, ""), pa.scalar(None, TEXT), column)
        found[name] = column
    return {"ref": pa.nulls(table.num_rows, TEXT), "postcode": pa.nulls(table.num_rows, TEXT),
            "district": pa.nulls(table.num_rows, TEXT)} | found  # fmt: skip


def mapped(column: pa.Array, change: Callable[[str], object], kind: pa.DataType = TEXT) -> pa.Array:
    """Each different value changed once."""
    encoded = column.dictionary_encode()
    return pa.array([change(value) for value in encoded.dictionary.to_pylist()], kind).take(encoded.indices)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return whole.cast(TEXT) if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks).cast(TEXT)


def _count(mask: pa.Array) -> int:
    return int(pc.sum(mask).as_py() or 0)


def _rewritten(text: dict[str, pa.Array], register: Register) -> pa.Array:
    """Society numbers `525R` as Companies House writes them, `IP00525R`; all others as they are."""
    if register.country != "GB":
        return text["number"]
    society = pc.fill_null(pc.match_substring_regex(text["number"], "^[0-9]{1,5}R$"), False)
    padded = pc.binary_join_element_wise("IP", pc.utf8_lpad(pc.fill_null(text["number"], ""), 6, "0"), "")
    return pc.if_else(society, padded, text["number"])


def _form(value: str | None, register: Register) -> str | None:
    if value is None:
        return None
    known = register.values.get("form", {}).get(value)
    return known or group_of_form(value)


def _described(text: dict[str, pa.Array], register: Register, country: str) -> dict[str, pa.Array]:
    """What does not hang on number and form."""
    names = text["name"]
    return {
        "name": names,
        "name_key": pc.if_else(pc.is_valid(names), split(names).keys(), pa.scalar(None, TEXT)),
        "country": pc.coalesce(text["country"], pa.scalar(country)),
        "postcode": _postcode(text["postcode"]),
        "place": text["place"],
        "district": text["district"],
        "ownership": mapped(text["ownership"], lambda value: _word(value, "ownership", OWNERSHIPS, register)),
        "industry": pc.struct_field(pc.extract_regex(pc.replace_substring(text["industry"], ".", ""),
                                                     r"^(?P<x>[0-9]{2,5})"), "x"),
        "size": _sizes(text, register),
        "employees": mapped(text["employees"], _exactly, pa.int32()),
        "parent": pc.replace_substring_regex(text["parent"], r"[^0-9A-Za-z]", ""),
        "collects": pc.if_else(pc.is_in(text["collects"], pa.array(["1", "ja", "yes", "true"])), "1",
                               pa.scalar(None, TEXT)),
        "ended": text["ended"],
        "ref": text["ref"],
    }  # fmt: skip


def _postcode(column: pa.Array) -> pa.Array:
    return pc.utf8_upper(pc.replace_substring(column, " ", ""))


def _exactly(value: str | None) -> int | None:
    found = heads(value)
    return found[0] if found and found[0] == found[1] else None


def _word(value: str | None, name: str, known: tuple[str, ...], register: Register) -> str | None:
    """A publisher's word as ours. A register of one's own must use our words: another one is refused."""
    if value is None:
        return None
    if name in register.values:
        return register.values[name].get(value)
    if value not in known:
        raise KvarError("suppliers.register.value", field=name, value=value, known=", ".join(known))
    return value


def _sizes(text: dict[str, pa.Array], register: Register) -> pa.Array:
    """By head count (and turnover and balance where there are any), else as the register says."""
    stated = mapped(text["size"], lambda value: _word(value, "size", SIZES, register))
    if text["turnover_eur"].null_count == len(stated):
        return pc.coalesce(mapped(text["employees"], size_class), stated)
    rows = zip(*(text[name].to_pylist() for name in ("employees", "turnover_eur", "balance_eur")), strict=True)
    return pc.coalesce(pa.array([size_class(*row) for row in rows], TEXT), stated)


def _estate(numbers: Numbers) -> pa.Array:
    """Rows with the number of an estate of a deceased person, bool."""
    estate = pc.and_(pc.equal(numbers.scheme, "SE-ON"), pc.starts_with(numbers.number, ESTATE))
    return pc.fill_null(estate, False)


def _holds_number(names: pa.Array) -> pa.Array:
    """Rows whose name holds a person's number, bool."""
    written = pc.fill_null(names, "")
    found = may_hold(written)
    found[found] = [has_person_number(name) for name in written.filter(pa.array(found)).to_pylist()]
    return pa.array(found)
