"""How near one place is to another, by what each lies in."""

from kvar.places.gazetteer import Gazetteer


def nearness(home: str, other: str, gazetteer: Gazetteer) -> str:
    """How near `other` is to `home` (codes): municipality, region, country, home_country or abroad.

    `home_country`: in the country but nobody knows where, since `other` is an area that holds the home itself
    (a seat known only by region may lie in the home municipality or not).
    """
    own, theirs = gazetteer.within(home), gazetteer.within(other)
    chain = gazetteer.chain(other)
    if theirs.get("country") != own.get("country"):
        return "abroad"
    if own.get("municipality") in chain:
        return "municipality"
    if "municipality" in own and other in gazetteer.chain(home):
        return "home_country"
    return "region" if own.get("region") in chain else "country"
