"""A column of names at once: the same words and forms as `normalise` gives one by one."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kvar.suppliers.normalise import ANYWHERE, ARTICLE, FORMS, KEPT, SAME, SIGNS, TRADING, unaccented

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
ODD = rf"[^0-9a-z{KEPT} ]|  |^ | $"  # more than words and single blanks
PAIR_FORMS = tuple(form.split(" ") for form in FORMS if " " in form)
FORM_CODES = ("", *sorted(set(FORMS.values())))  # 0: none stated


@dataclass(frozen=True, slots=True)
class Names:
    """Words of a column of names: row i has `codes[start[i]:end[i]]`, numbers of `texts`; `form` of FORM_CODES."""

    texts: pa.Array
    codes: Codes
    start: Ints
    end: Ints
    form: npt.NDArray[np.int8]

    def keys(self) -> pa.Array:
        """What `normalise` says of each name."""
        length = self.end - self.start
        offsets = np.concatenate([[0], np.cumsum(length)]).astype(np.int32)
        place = np.arange(offsets[-1]) - np.repeat(offsets[:-1], length) + np.repeat(self.start, length)
        lists = pa.ListArray.from_arrays(pa.array(offsets), self.texts.take(pa.array(self.codes[place])))
        return pc.binary_join(lists, " ")


def split(names: pa.Array) -> Names:
    """The words of each name; a missing name has none."""
    lists = pc.split_pattern(bare_all(names), " ")
    flat = lists.flatten().dictionary_encode()
    texts = flat.dictionary
    codes = flat.indices.to_numpy().astype(np.int32)
    for word, same in SAME.items():
        texts, codes = _merged(texts, codes, word, same)
    offsets = lists.offsets.to_numpy().astype(np.int64) - lists.offsets[0].as_py()
    start, end = offsets[:-1].copy(), offsets[1:].copy()
    end[np.diff(offsets) == 0] = start[np.diff(offsets) == 0]
    empty = pc.index(texts, "").as_py()
    end[(end - start == 1) & (codes[np.minimum(start, max(len(codes) - 1, 0))] == empty)] -= 1
    codes, start, end, inside = _cut_inside(texts, codes, start, end)
    form = _cut_ends(texts, codes, start, end)
    _cut_articles(texts, codes, start, end)
    return Names(texts, codes, start, end, np.where(form == 0, inside, form).astype(np.int8))


def bare_all(names: pa.Array) -> pa.Array:
    """Lower case words with one blank between, without punctuation and trading names; null becomes empty."""
    text = pc.utf8_lower(pc.fill_null(names, ""))
    odd = pc.or_(pc.match_substring_regex(text, ODD), pc.match_substring_regex(text, TRADING))
    return pc.replace_with_mask(text, odd, _bare(text.filter(odd)))


def _bare(text: pa.Array) -> pa.Array:
    """The same for texts that may need it."""
    text = _unaccented(text)
    text = pc.utf8_trim_whitespace(pc.replace_substring_regex(text, r"[\pZ\s\x1c-\x1f]+", " "))
    trading = pc.match_substring_regex(text, TRADING)
    if pc.any(trading).as_py():
        text = pc.if_else(trading, pc.replace_substring_regex(text, TRADING, ""), text)
    text = pc.replace_substring_regex(text, "['’]", "")
    text = pc.replace_substring(text, "&", " and ")
    return pc.utf8_trim(pc.replace_substring_regex(text, SIGNS, " "), characters=" ")


def _unaccented(text: pa.Array) -> pa.Array:
    """Accents away in the few names that have them."""
    odd = pc.match_substring_regex(text, rf"[^\x00-\x7f{KEPT}]")
    rows = np.flatnonzero(odd.to_numpy(zero_copy_only=False))
    if not len(rows):
        return text
    changed = [unaccented(name) for name in text.take(pa.array(rows)).to_pylist()]
    return pc.replace_with_mask(text, odd, pa.array(changed, pa.string()))


def _merged(texts: pa.Array, codes: Codes, word: str, same: str) -> tuple[pa.Array, Codes]:
    """`word` gets the number of `same`."""
    old, new = pc.index(texts, word).as_py(), pc.index(texts, same).as_py()
    if old < 0:
        return texts, codes
    if new < 0:
        return pc.if_else(pc.equal(texts, word), same, texts), codes
    return texts, np.where(codes == old, new, codes).astype(np.int32)


def _form_codes(texts: pa.Array, written: dict[str, str]) -> npt.NDArray[np.int8]:
    """For each word: 1 + the code of the form it states by itself, or 0."""
    found = np.zeros(len(texts) + 1, np.int8)
    at = pc.index_in(pa.array(written, pa.string()), texts).to_pylist()
    for word, place in zip(written, at, strict=True):
        if place is not None:
            found[place] = 1 + FORM_CODES.index(written[word])
    return found


def _cut_ends(texts: pa.Array, codes: Codes, start: Ints, end: Ints) -> Codes:
    """Legal forms off the ends, until none is left or one word is; the last form of each name."""
    form = np.zeros(len(start), np.int32)
    single = _form_codes(texts, {word: stated for word, stated in FORMS.items() if " " not in word})
    first = {a: _form_codes(texts, {b: FORMS[f"{a} {b}"] for x, b in PAIR_FORMS if x == a}) for a, _ in PAIR_FORMS}
    rows = np.flatnonzero(end - start > 1)
    while len(rows):
        last, before = codes[end[rows] - 1], codes[end[rows] - 2]
        stated, size = single[last], (single[last] > 0).astype(np.int64)
        for word, seconds in first.items():
            two = (before == pc.index(texts, word).as_py()) & (seconds[last] > 0) & (end[rows] - start[rows] > 2)
            stated, size = np.where(two, seconds[last], stated), np.where(two, 2, size)
        form[rows] = np.where(form[rows] == 0, np.maximum(stated - 1, 0), form[rows])
        end[rows] -= size
        rows = rows[(size > 0) & (end[rows] - start[rows] > 1)]
    return form


def _cut_articles(texts: pa.Array, codes: Codes, start: Ints, end: Ints) -> None:
    """`the` off the fronts, until one word is left."""
    article = pc.index(texts, ARTICLE).as_py()
    rows = np.flatnonzero(end - start > 1)
    while len(rows):
        rows = rows[codes[start[rows]] == article]
        start[rows] += 1
        rows = rows[end[rows] - start[rows] > 1]


def _cut_inside(texts: pa.Array, codes: Codes, start: Ints, end: Ints) -> tuple[Codes, Ints, Ints, Codes]:
    """Forms away that stand anywhere in a name, unless nothing else is there; and the last of them."""
    stated = _form_codes(texts, {word: FORMS[word] for word in ANYWHERE})
    length = end - start
    row = np.repeat(np.arange(len(start)), length)
    place = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length) + start[row]
    words = codes[place]
    forms = stated[words]
    form = np.zeros(len(start), np.int32)
    named = (forms > 0) & (length[row] > 1)
    form[row[named]] = forms[named] - 1
    gone = (forms > 0) & (np.bincount(row[forms == 0], minlength=len(start))[row] > 0)
    left = np.bincount(row[~gone], minlength=len(start))
    ends = np.cumsum(left)
    return words[~gone], ends - left, ends, form
