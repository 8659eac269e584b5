"""Industries: the sections of NACE Rev. 2, which SNI 2007 and UK SIC 2007 share (SNI 2025 breaks the series)."""

# Section -> its divisions, from and to (Regulation (EC) No 1893/2006, annex I).
SECTIONS: dict[str, tuple[int, int]] = {
    "A": (1, 3), "B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39), "F": (41, 43), "G": (45, 47),
    "H": (49, 53), "I": (55, 56), "J": (58, 63), "K": (64, 66), "L": (68, 68), "M": (69, 75), "N": (77, 82),
    "O": (84, 84),     "P": (85, 85), "Q": (86, 88), "R": (90, 93), "S": (94, 96), "T": (97, 98), "U": (99, 99),
}  # fmt: skip


def section(code: str | None) -> str | None:
    """The section of an industry code of two digits or more; None where it is none."""
    if not code or not code[:2].isdigit():
        return None
    division = int(code[:2])
    return next((name for name, (first, last) in SECTIONS.items() if first <= division <= last), None)


def divisions() -> list[tuple[str, str]]:
    """(division, section) of every division, as a table to join on."""
    return [(f"{n:02}", name) for name, (first, last) in SECTIONS.items() for n in range(first, last + 1)]
