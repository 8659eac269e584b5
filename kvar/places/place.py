"""A place and how near it is: district < municipality < region < country < abroad."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """An area with its code, the level it is, the code it lies in, and the vintage of the division."""

    code: str
    name: str
    level: str
    parent: str
    country: str
    vintage: str
    invented: bool = False
