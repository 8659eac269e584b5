"""What is compared of two payees, one file each; the weights add up (`kvar/parameters/matching/weights.yml`)."""

from kvar.suppliers.compare.country import country
from kvar.suppliers.compare.form import form
from kvar.suppliers.compare.number import number
from kvar.suppliers.compare.pairs import Compared, Comparison, Lexicon, Pairs
from kvar.suppliers.compare.place import place
from kvar.suppliers.compare.ref import ref
from kvar.suppliers.compare.rest import rest
from kvar.suppliers.compare.words import spelling, words

COMPARISONS: dict[str, Comparison] = {
    "number": number,
    "words": words,
    "spelling": spelling,
    "rest": rest,
    "form": form,
    "place": place,
    "ref": ref,
    "country": country,
}

__all__ = ["COMPARISONS", "Compared", "Comparison", "Lexicon", "Pairs"]
