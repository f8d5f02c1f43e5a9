"""What is expected of a night beside those before: what it says, when it warns and when there is nothing to
compare with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from care_reviews.source.catalog import TABLES
from care_reviews.validation.code_lists import rulebook
from expectations.bands import NightCounts
from expectations.facts import NightFacts
from expectations.refresh import flags, history, idle_working_days

TUESDAY = dt.date(2020, 3, 31)


def facts(
    changes: Sequence[int | None],
    rows: int = 100,
    as_known: dt.date = TUESDAY,
    days_off: Sequence[dt.date] = (),
) -> NightFacts:
    """A night whose tables had so many changes each, oldest night first; tonight has so many rows."""
    last = len(changes) - 1
    nights = tuple(
        NightCounts(as_known - dt.timedelta(days=last - n), rows if n == last else 100, each)
        for n, each in enumerate(changes)
    )
    return NightFacts(
        "E10000030",
        as_known,
        rulebook(),
        history={table.name: nights for table in TABLES},
        bank_holidays=frozenset(days_off),
    )


def said(night: NightFacts, expectation_id: str) -> str:
    found = {str((each.meta or {})["id"]): each.meta or {} for each in history(night).expectations}
    return str(found[expectation_id]["says"])


def test_a_night_says_band_base_and_its_own_number() -> None:
    night = facts([50] * 85, rows=1234)
    assert said(night, "source.fact_cla.size_in_band").endswith(
        "Band: 86 to 110 rows (from 11 Tuesdays); tonight: 1,231 to 1,235."
    )
    assert said(night, "source.fact_cla.changes_in_band").endswith(
        "Band: 21 to 75 changes (from 11 Tuesdays); tonight: 46 to 50."
    )


@pytest.mark.parametrize(("changes", "words"), [(0, "0."), (1, "1 to 5."), (5, "1 to 5."), (6, "6 to 10.")])
def test_small_numbers_are_not_told(changes: int, words: str) -> None:
    night = facts([*[50] * 84, changes])
    assert said(night, "source.fact_cla.changes_in_band").endswith(f"tonight: {words}")


@pytest.mark.parametrize(
    ("rows", "changes", "size", "change"),
    [(86, 21, False, False), (85, 20, True, True), (110, 75, False, False), (111, 76, True, True)],
)
def test_flags_turn_outside_the_bands(rows: int, changes: int, size: bool, change: bool) -> None:
    found = flags(facts([*[50] * 84, changes], rows=rows))
    assert found["fact_cla_size"] is size
    assert found["fact_cla_changes"] is change


@pytest.mark.parametrize(
    "night", [NightFacts("E10000030", TUESDAY, rulebook()), facts([100]), facts([100, 0, 0])]
)
def test_without_history_nothing_is_compared(night: NightFacts) -> None:
    found = flags(night)
    assert {raised for name, raised in found.items() if name != "unrefreshed"} == {None}
    assert "No band yet" in said(night, "source.fact_cla.size_in_band")


def test_a_table_that_is_not_in_tonights_manifest_is_not_compared() -> None:
    night = facts([50] * 85)
    without = {**night.history, "fact_cla": night.history["fact_cla"][:-1]}
    found = flags(NightFacts("E10000030", TUESDAY, rulebook(), history=without))
    assert found["fact_cla_size"] is None
    assert found["fact_meetings_size"] is False


@pytest.mark.parametrize(
    ("changes", "idle", "warns"),
    [
        ([9], None, None),  # a first night
        ([9, 9], 0, False),
        ([9, 9, 0], 1, False),
        ([9, 0, 0], 2, True),
        ([9, 0, 0, 0], 2, True),  # Sunday, Monday, Tuesday
        ([9, 0, 0, 0, 0, 0], 3, True),  # since Friday
        ([9, 0, 9], 0, False),
        ([9, 0, None], 0, False),  # landed twice: not known
        ([9, None, 0], 1, False),
    ],
)
def test_working_days_without_any_change_are_counted(
    changes: list[int | None], idle: int | None, warns: bool | None
) -> None:
    night = facts(changes)
    assert idle_working_days(night) == idle
    assert flags(night)["unrefreshed"] is warns


@pytest.mark.parametrize(("days", "stops"), [(None, None), (0, False), (31, False), (32, True), (2433, True)])
def test_a_copy_that_stands_still_stops_after_31_days(days: int | None, stops: bool | None) -> None:
    night = replace(facts([9, 0]), days_unchanged=days)
    assert flags(night)["stands_still"] is stops
    assert ("Days since it changed: 2,433." in said(night, "source.manifest.current")) is (days == 2433)


def test_a_bank_holiday_is_no_working_day() -> None:
    assert idle_working_days(facts([9, 0, 0], days_off=[TUESDAY])) == 1


def test_one_table_that_changed_was_refreshed() -> None:
    night = facts([9, 0, 0])
    notes = tuple(
        NightCounts(each.as_known, 100, 1 if each.as_known == TUESDAY else each.changes)
        for each in night.history["fact_casenotes"]
    )
    changed = {**night.history, "fact_casenotes": notes}
    assert idle_working_days(NightFacts("E10000030", TUESDAY, rulebook(), history=changed)) == 0


def test_the_expectations_warn_and_are_judged_in_one_batch() -> None:
    suite = history(facts([50] * 85))
    assert suite.meta is not None
    assert suite.meta["batch"] == "history"
    severities = {
        expectation.severity
        for expectation in suite.expectations
        if (expectation.meta or {})["rule"] not in ("volume", "current")
    }
    assert severities == {"warning"}
    judged = {getattr(expectation, "column", None) for expectation in suite.expectations}
    assert judged == set(flags(facts([50] * 85)))


def test_what_has_no_usual_number_is_not_applicable_and_says_why() -> None:
    def why(usual: dict[str, float]) -> dict[str, str]:
        night = replace(facts([100]), usual_rows=usual)
        rules = {
            str((each.meta or {})["id"]): str((each.meta or {})["why_not"])
            for each in history(night).expectations
        }
        assert {flags(night)[name] for name in ("fact_cla_volume", "fact_cla_volume_usual")} == {None}
        return {name.rpartition(".")[2]: said for name, said in rules.items() if ".fact_cla.volume" in name}

    no_night = "no earlier night to compare with"
    assert why({}) == {"volume": no_night, "volume_usual": no_night}
    assert why({"fact_cla": 0.0})["volume_usual"] == "it usually has no rows"
    assert why({"fact_cla": 9.0}) == {"volume": "it usually has so few rows that no loss is unusual"}
    assert why({"fact_cla": 1000.0}) == {}
