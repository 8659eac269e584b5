"""SWEREF 99 TM on its meridian (the GRS 80 meridian arc to 60° is 6,654,072.819 m, times 0.9996), and symmetry."""

import numpy as np
import pytest

from kvar.places.projection import meridian_of, to_plane


def test_on_the_meridian() -> None:
    [[east, north]] = to_plane(np.array([[15.0, 60.0]]))
    assert east == pytest.approx(500_000)
    assert north == pytest.approx(6_651_411.190, abs=0.01)


def test_east_and_west_mirror() -> None:
    west, east = to_plane(np.array([[12.0, 57.7], [18.0, 57.7]]))
    assert east[0] - 500_000 == pytest.approx(500_000 - west[0])
    assert west[1] == pytest.approx(east[1])


def test_the_map_has_its_own_meridian() -> None:
    assert meridian_of(np.array([[-3.1, 50.0], [-4.2, 51.0]])) == -4
