"""Short names that an organisation cannot have: words that the workbench's own addresses begin with."""

from collections.abc import Iterator, Sequence
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

from kvar.core.errors import KvarError

BELOW = "arbetsbord/"


def check_slug(slug: str) -> None:
    """`organisations.slug.reserved` for a word that `/{sv|en}/arbetsbord/<word>/` already uses for something else."""
    if slug.lower() in reserved():
        raise KvarError("organisations.slug.reserved", slug=slug)


@cache
def reserved() -> frozenset[str]:
    """The first words of the addresses below the workbench, read from the addresses themselves."""
    routes = (route.partition(BELOW) for route in _routes(get_resolver().url_patterns, ""))
    words = (rest.partition("/")[0] for before, found, rest in routes if found and not before)
    return frozenset(word for word in words if word and "<" not in word)


def _routes(patterns: Sequence[URLPattern | URLResolver], before: str) -> Iterator[str]:
    """Every address as it is written, without the language it begins with."""
    for item in patterns:
        language = isinstance(item, URLResolver) and not isinstance(getattr(item.pattern, "_route", None), str)
        route = before if language else before + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from _routes(item.url_patterns, route)
        else:
            yield route
