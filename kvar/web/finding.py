"""The finding a title may state: only what the interval lets one say."""

from kvar.spending.rows import Parts

DOUBT = 0.5  # above this part that cannot be placed, nothing is said of the share


def of_hundred(parts: Parts) -> int | None:
    """How many of every hundred stayed in the municipality; None where more than half cannot be placed."""
    if parts.base <= 0 or parts.unknown_at("municipality") > DOUBT * parts.base:
        return None
    return round(100 * parts.up_to("municipality") / parts.base)
