"""How old the newest fact of a table may be: learnt from nights like tonight, told, and at its boundary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from care_reviews.source.catalog import TABLES
from care_reviews.validation.code_lists import rulebook
from expectations.facts import NightFacts
from expectations.freshness import AGED, NightAge, age_band
from expectations.refresh import flags, history

TUESDAY = dt.date(2020, 3, 31)


def ages(days: Sequence[int], accepted: bool = True) -> tuple[NightAge, ...]:
    """Nights up to Tuesday with the newest fact so old, oldest night first."""
    last = len(days) - 1
    return tuple(NightAge(TUESDAY - dt.timedelta(days=last - n), age, accepted) for n, age in enumerate(days))


def facts(nights: tuple[NightAge, ...]) -> NightFacts:
    return NightFacts("E10000030", TUESDAY, rulebook(), ages={"fact_casenotes": nights})


def said(night: NightFacts, table: str = "fact_casenotes") -> str:
    found = {str((each.meta or {})["id"]): each.meta or {} for each in history(night).expectations}
    return str(found[f"source.{table}.newest_in_band"]["says"])


@pytest.mark.parametrize(("tonight", "warns"), [(0, False), (5, False), (6, True)])
def test_a_fact_that_is_older_than_usual_warns(tonight: int, warns: bool) -> None:
    night = facts(ages([*[1] * 84, tonight]))  # one day as usual, and four more
    assert flags(night)["fact_casenotes_old"] is warns
    assert said(night).endswith(
        f"Band: up to 5 days before the night (from 12 Tuesdays); tonight: {tonight}."
    )


@pytest.mark.parametrize(
    ("usual", "highest"),
    # Half the median more; 3.5 robust standard deviations more, where ages swing.
    [([20] * 13, 30), ([10, 20, 30] * 4 + [10, 20], 20 + 51)],
)
def test_what_is_usually_old_or_swings_may_be_older(usual: list[int], highest: int) -> None:
    weekly = tuple(
        NightAge(TUESDAY - dt.timedelta(days=7 * (len(usual) - n)), age) for n, age in enumerate(usual)
    )
    band = age_band((*weekly, NightAge(TUESDAY, 0)), ())
    assert band is not None
    assert band.highest == highest


def test_one_odd_night_does_not_become_usual() -> None:
    band = age_band(ages([*[1] * 77, 300, *[1] * 6, 0]), ())
    assert band is not None
    assert band.highest == 5


@pytest.mark.parametrize(
    "nights",
    [
        (),
        ages([1]),
        ages([1] * 12),  # seven working days
        ages([1] * 85, accepted=False),
        ages([1] * 85)[:-1],  # no fact of the last year tonight
    ],
)
def test_without_enough_nights_there_is_nothing_to_compare(nights: tuple[NightAge, ...]) -> None:
    night = facts(nights)
    assert flags(night)["fact_casenotes_old"] is None
    assert "No band yet" in said(night)


def test_enough_working_days_stand_in_for_a_weekday() -> None:
    assert said(facts(ages([1] * 13))).endswith(
        "Band: up to 5 days before the night (from 8 working days); tonight: 1."
    )


def test_every_source_table_has_such_a_rule_and_says_what_is_new_in_it() -> None:
    judged = [name for each in history(facts(())).expectations
              if (name := str((each.meta or {})["id"])).endswith("newest_in_band")]  # fmt: skip
    assert {name.split(".")[1] for name in judged} == set(AGED) == {table.name for table in TABLES}
    assert said(facts(())).startswith("The newest fact in FACT_CASENOTES is no older")
    assert said(facts(()), "dim_worker").startswith("The newest new or changed row of DIM_WORKER is no older")
