"""Words that look like a demand for localness, which the law forbids: worth a look, no verdict."""

import re

# The act's ban (4:1, 9:6, 19:2, 19a:8) is on requiring or scoring where a supplier or product comes from. `lokaler`
# (premises) and `lokalvård` (cleaning) are other words.
LOCAL = re.compile(
    r"\b(?:lokalt?|lokala|local(?:ly)?)\b"
    r"|\b(?:när|lokal|orts)(?:producera\w*|odla\w*|upphandla\w*)"
    r"|\b(?:säte|hemvist|registrera\w+)\s+i\s+(?:kommun\w*|region\w*|länet)"
    r"|\bkommunens\s+(?:egna\s+)?företag\w*"
    r"|\binom\s+\d+\s*(?:km|kilometer|mil)\b|\bwithin\s+\d+\s*(?:km|miles?)\b"
    r"|\bsvensk\w*\s+(?:råvar|kött|företag|leverant)\w*|\bbritish\s+(?:supplier|firm|produce)\w*",
    re.IGNORECASE,
)


def local_words(text: str) -> list[str]:
    """The places in a text that look like a demand for localness, as written, each once."""
    return list(dict.fromkeys(match.group(0) for match in LOCAL.finditer(text)))
