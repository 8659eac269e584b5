"""What every page knows: its language and its address in the other one, the menu, and the place of its address."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from kvar.web import data
from kvar.web.sections import menu


def page(request: HttpRequest) -> dict[str, object]:
    """Words for pages whose view sets none of them; a page's name is the name of its address."""
    found = request.resolver_match
    within = found.kwargs if found else {}
    lang = str(within.get("lang") or ("en" if get_language() == "en" else "sv"))
    other = "sv" if lang == "en" else "en"
    words: dict[str, object] = {
        "lang": lang,
        "other": request.get_full_path().replace(f"/{lang}/", f"/{other}/", 1),
    }
    if "place" in within and found:
        words |= menu(found.url_name or "")
        words["scene"] = SimpleLazyObject(lambda: data.scene(request, within["place"]))
    return words
