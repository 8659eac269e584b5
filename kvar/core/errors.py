"""Errors carry a code and values; the sentence is made at the edge, in the user's language."""

from collections.abc import Mapping

from kvar.core.messages import Language, say


class KvarError(Exception):
    """Something the user can be told about.

    `code` is a key in `core/texts/<language>/*.json`; `values` fill its placeholders.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: Mapping[str, object] = values

    def say(self, language: Language) -> str:
        """The sentence for a person, in `language`."""
        return say(self.code, self.values, language)

    def __str__(self) -> str:
        return self.say("en")

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, dict(self.values)))


def _rebuild(kind: type[KvarError], code: str, values: dict[str, object]) -> KvarError:
    return kind(code, **values)
