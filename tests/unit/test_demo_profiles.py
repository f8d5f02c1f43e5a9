"""Profiles: which exist, and what is said of a wrong one."""

from __future__ import annotations

from datetime import date

import pytest

from care_reviews.demo.profiles import DIRECTORY, load_profile, profile_from_text, profile_names
from care_reviews.errors import ConfigurationError

SMALL = (DIRECTORY / "small_council.yaml").read_text(encoding="utf-8")


def test_every_profile_loads() -> None:
    assert profile_names() == ["coastal_council", "small_council", "surrey_2019_20"]
    assert load_profile("surrey_2019_20").authority.code == "E10000030"
    assert load_profile("surrey_2019_20").authority.la_code == "936"
    small = load_profile("small_council")
    assert (small.authority.code, small.authority.name) == ("E06999001", "Westmere (synthetic)")
    assert small.covers.last_day >= date(2020, 4, 30)


def test_an_unknown_profile_names_those_that_exist() -> None:
    with pytest.raises(
        ConfigurationError, match="'surry'; profiles: coastal_council, small_council, surrey_2019_20"
    ):
        load_profile("surry")


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("male: 0.53", "male: 53", r"characteristics\.male: .*less than or equal to 1"),
        ("short_breaks: 14", "short_brakes: 14", r"short_brakes: Extra inputs are not permitted"),
        ("adopted: 0.14", "adopted: 0.24", r"leaving\.reasons: .*the shares must sum to 1, not 1\.1000"),
        ("2019: 99, ", "", r"leaving\.children: no count for 2019"),
        ("2018-03: 284", "2018-13: 284", r"looked_after\.month_end"),
        ("2021-03: 299", "", r"month_end has no value at or around"),
        ("first_day: 2017-04-01", "first_day: 2017-04-02", r"covers: must run from the first day of a month"),
        ("name: Westmere (synthetic)", "name: Westmere", r"authority\.name"),
        ("dual: true", "dual: false", r"at least one kind must be dual"),
        ("four_quadrants", "nowhere", r"site: .*no site 'nowhere'; sites: four_quadrants, three_localities"),
    ],
)
def test_a_wrong_entry_is_named_with_its_place(was: str, becomes: str, said: str) -> None:
    assert was in SMALL
    with pytest.raises(ConfigurationError, match=said):
        profile_from_text("small_council", SMALL.replace(was, becomes))


def test_text_that_is_not_yaml() -> None:
    with pytest.raises(ConfigurationError, match="is not YAML"):
        profile_from_text("broken", "covers: [")
    with pytest.raises(ConfigurationError, match="must be a mapping"):
        profile_from_text("broken", "- one\n- two")


def test_months_between_two_given_ones_are_interpolated() -> None:
    looked_after = load_profile("small_council").looked_after
    assert looked_after.on(date(2017, 3, 1)) == 281
    assert looked_after.on(date(2017, 9, 1)) == 288
    assert 281 < looked_after.on(date(2017, 6, 1)) < 288
