"""The plain calculation of how long periods stay provisional, at both sides of its bounds."""

from __future__ import annotations

import pytest

from tests.brute_force.recording_delay import provisional_days


@pytest.mark.parametrize(
    ("late", "enough", "expected"),
    [
        ([0] * 49 + [90], 50, 28),
        ([0] * 48 + [90] * 2, 50, 90),
        ([0] * 48 + [90], 49, 90),
        ([0] * 48 + [90] * 2, 51, 28),
        ([27] * 50, 50, 28),
        ([29] * 50, 50, 29),
        ([180] * 50, 50, 180),
        ([181] * 50, 50, 180),
        ([], 0, 28),
    ],
)
def test_98_percent_of_enough_reviews(late: list[int], enough: int, expected: int) -> None:
    assert provisional_days(late, 28, enough) == expected


def test_the_setting_may_be_longer_than_the_longest() -> None:
    assert provisional_days([90], 200, 1) == 200
