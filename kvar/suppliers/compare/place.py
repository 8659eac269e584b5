"""Postcode and city: equal says more where few share it; another place speaks a little against (firms move)."""

import numpy as np

from kvar.suppliers.compare.pairs import Compared, Pairs, both, levelled, rarity
from kvar.suppliers.compare.text import one_apart
from kvar.suppliers.side import NONE, Bools


def place(pairs: Pairs) -> Compared:
    """Levels `postcode`, `city`, `area` (three digits, outward code), `city_near` (one letter off) and `different`.

    What the names have said already, `Byggarna i Borås` in Borås, is not counted again.
    """
    there, postcode = both(pairs, "postcode")
    named, city = both(pairs, "city")
    _, area = both(pairs, "area")
    near = one_apart(pairs, "city", named & ~city & ~postcode)
    found = {"postcode": postcode, "city": city, "area": area, "city_near": near, "different": there | named}
    of_city = rarity(pairs, "city")
    rare = np.where(postcode, rarity(pairs, "postcode"), of_city)
    compared = levelled("place", found, rare)
    compared.bits[:] -= np.where((compared.bits > 0) & _said(pairs), np.minimum(of_city, compared.bits), 0)
    return compared


def _said(pairs: Pairs) -> Bools:
    """Is the right side's city one of the words that the names share?"""
    city = pairs.right.city_word[pairs.r]
    words = pairs.left.words[pairs.l]
    shared = pairs.aligned.shared | pairs.aligned.near
    found: Bools = ((words == city[:, None]) & shared & (city != NONE)[:, None]).any(axis=1)
    return found
