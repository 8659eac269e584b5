"""What every page knows: its language and its address in the other one, the menu, and the place it is about.

`home` is the place of the address, else of the organisation worked with, else of the only town there is; `scene` is
what its ledgers show, and is there only where a ledger is.
"""

from collections.abc import Mapping

from django.http import Http404, HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from kvar.organisations.models import Organisation
from kvar.places.place import Place
from kvar.web import data
from kvar.web.sections import menu


def page(request: HttpRequest) -> dict[str, object]:
    """Words for pages whose view sets none of them; a page's name is the name of its address."""
    found = request.resolver_match
    within = found.kwargs if found else {}
    lang = str(within.get("lang") or ("en" if get_language() == "en" else "sv"))
    other = "sv" if lang == "en" else "en"
    at = home(within)
    words: dict[str, object] = {
        "lang": lang,
        "other": request.get_full_path().replace(f"/{lang}/", f"/{other}/", 1),
        "home": at,
    }
    if at and found:
        shown = any(place.code == at.code for place in data.homes())
        words |= menu(found.url_name or "", shown=shown)
    if "place" in within and found:
        words["ledger"] = shown
        words["scene"] = SimpleLazyObject(lambda: data.scene(request, within["place"])) if shown else None
    return words


def home(within: Mapping[str, str]) -> Place | None:
    """The place that a page is about; 404 for an address with a place that does not exist."""
    if "place" in within:
        found = data.known(within["place"])
        if found is None:
            raise Http404
        return found
    if "slug" in within:
        codes = Organisation.objects.filter(slug=within["slug"]).values_list("place", flat=True)
        return data.known(codes[0]) if codes else None
    homes = data.homes()
    return homes[0] if homes and all(place.invented for place in homes) else None
