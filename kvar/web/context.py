"""What every page knows: its language and its address in the other one."""

from django.http import HttpRequest
from django.utils.translation import get_language


def page(request: HttpRequest) -> dict[str, str]:
    """`lang` and `other`, for pages whose view sets neither."""
    lang = "en" if get_language() == "en" else "sv"
    other = "sv" if lang == "en" else "en"
    return {"lang": lang, "other": request.get_full_path().replace(f"/{lang}/", f"/{other}/", 1)}
