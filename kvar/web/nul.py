"""NUL in what is sent: no database text holds it (PostgreSQL refuses the row), so that it is refused here for all.

One middleware in place of a check in every form: whatever a page reads of its form or address has been through it.
Files are not texts; whoever reads one leaves it out (`actions/opening`, `actions/others`, `report_file`).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

NUL = "\0"


class RefuseNul:
    """400 with one sentence when a form or a query holds NUL, 404 when an address does; nothing is saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """As usual: the check waits until the address is resolved and the form has been read for its token.

        A cookie that holds NUL is none of ours: it is as if it had not come.
        """
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """The refusal, in the page's language; None lets the view answer."""
        if any(isinstance(value, str) and NUL in value for value in kwargs.values()):
            raise Http404
        if held(request.GET) or held(request.POST):
            return render(request, "nul.html", {"page": "workbench" if request.POST else ""}, status=400)
        return None


def held(sent: QueryDict) -> bool:
    """Is NUL in a name or in a value?"""
    return any(NUL in name or any(NUL in value for value in values) for name, values in sent.lists())
