"""What is compared of two payees, one file each; the weights add up (`kvar/parameters/matching/weights.yml`)."""

from kvar.suppliers.compare.country import country
from kvar.suppliers.compare.form import form
from kvar.suppliers.compare.number import number
from kvar.suppliers.compare.pairs import Compared, Comparison, Pairs
from kvar.suppliers.compare.place import city, postcode
from kvar.suppliers.compare.ref import ref
from kvar.suppliers.compare.rest import rest
from kvar.suppliers.compare.words import words

COMPARISONS: dict[str, Comparison] = {
    "number": number,
    "words": words,
    "rest": rest,
    "form": form,
    "postcode": postcode,
    "city": city,
    "ref": ref,
    "country": country,
}

__all__ = ["COMPARISONS", "Compared", "Comparison", "Pairs"]
