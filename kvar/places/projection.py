"""Degrees to metres on a plane: transverse Mercator on GRS 80, as SWEREF 99 TM but about any meridian.

Source: Lantmäteriet, Gauss Conformal Projection (Transverse Mercator), Krüger's formulas.
"""

import math

import numpy as np

_A, _F = 6_378_137.0, 1 / 298.257222101
_E2 = _F * (2 - _F)
_N = _F / (2 - _F)
_RADIUS = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_LATITUDE = (
    _E2,
    (5 * _E2**2 - _E2**3) / 6,
    (104 * _E2**3 - 45 * _E2**4) / 120,
    1237 * _E2**4 / 1260,
)
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16 + 41 * _N**4 / 180,
    13 * _N**2 / 48 - 3 * _N**3 / 5 + 557 * _N**4 / 1440,
    61 * _N**3 / 240 - 103 * _N**4 / 140,
    49561 * _N**4 / 161280,
)
SWEREF_99_TM = 15.0


def to_plane(points: np.ndarray, meridian: float = SWEREF_99_TM) -> np.ndarray:
    """(n, 2) longitude and latitude in degrees to (n, 2) easting and northing in metres (SWEREF 99 TM at 15°)."""
    longitude, latitude = np.radians(points[:, 0] - meridian), np.radians(points[:, 1])
    sine = np.sin(latitude)
    series = sum(term * sine ** (2 * power) for power, term in enumerate(_LATITUDE))
    conformal = latitude - sine * np.cos(latitude) * series
    xi = np.arctan2(np.tan(conformal), np.cos(longitude))
    eta = np.arctanh(np.cos(conformal) * np.sin(longitude))
    even = [(b, 2 * (k + 1)) for k, b in enumerate(_BETA)]
    north = xi + sum(b * np.sin(k * xi) * np.cosh(k * eta) for b, k in even)
    east = eta + sum(b * np.cos(k * xi) * np.sinh(k * eta) for b, k in even)
    scale = 0.9996 * _RADIUS
    return np.column_stack((500_000 + scale * east, scale * north))


def meridian_of(points: np.ndarray) -> float:
    """The whole degree nearest the middle of some points: their own map's meridian."""
    return float(math.floor((points[:, 0].min() + points[:, 0].max()) / 2 + 0.5))
