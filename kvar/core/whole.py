"""Whole numbers as addresses and forms write them."""

MOST = 9


def whole(text: str) -> int | None:
    """At most nine ASCII digits as a number; None for anything else (`²`, signs, blanks, thousands of digits)."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST else None
