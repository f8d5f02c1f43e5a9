"""The words of the auditor's site: small counts, states, and text that is nothing but text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from jinja2 import UndefinedError

from care_reviews.site import words
from care_reviews.site.checks import Check, GateFacts
from care_reviews.site.render import environment
from care_reviews.web import text

NIGHT = dt.date(2020, 3, 31)


def check(
    success: bool = True, checked: int | None = 10, severity: str = "warn", judged: bool = True
) -> Check:
    failed = None if checked is None else 0 if success else 1
    return Check(
        expectation="care.x.1",
        subject="x",
        column=None,
        severity=severity,
        success=success,
        is_judged=judged,
        rows_checked=checked,
        rows_failed=failed,
        says="Says.",
        because="Because.",
        remedy="Do.",
        owner="Owner",
        why_not=None,
        since=None if success else NIGHT,
    )


def gate(verdict: str, *checks: Check) -> GateFacts:
    return GateFacts("care", verdict, dt.datetime(2020, 4, 1, tzinfo=dt.UTC), checks)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (None, "not counted"),
        (0, "0"),
        (1, "1 to 5"),
        (5, "1 to 5"),
        (6, "10"),
        (10, "10"),
        (11, "15"),
        (12345, "12,345"),
        (12346, "12,350"),
    ],
)
def test_counts_of_people_are_shown_in_steps_of_five(number: int | None, shown: str) -> None:
    assert words.count(number) == shown


@pytest.mark.parametrize(
    ("number", "whole", "shown"),
    [
        (100, 100, "all"),
        (99, 100, "all but 1 to 5"),
        (95, 100, "all but 1 to 5"),
        (94, 100, "95"),
        (14, 19, "all but 1 to 5"),
        (13, 19, "15"),
        (0, 3, "0"),
        (0, 0, "0"),
        (3, 3, "all"),
        (3, 5, "1 to 5"),
        (4, 40, "1 to 5"),
        (None, 40, "not counted"),
        (4, None, "1 to 5"),
    ],
)
def test_a_part_does_not_tell_the_few_that_its_whole_has_more(
    number: int | None, whole: int | None, shown: str
) -> None:
    assert words.part(number, whole) == shown


@pytest.mark.parametrize(
    ("expectation", "checked", "failed"),
    [
        ("care.reviews.167", "20", "all but 1 to 5"),
        ("source.fact_cla.readable", "20", "all but 1 to 5"),
        ("source.fact_cla.volume", "20", "15"),  # rows that lack are no part of those there
        ("source.fact_cla.size_in_band", "19", "14"),
        ("source.dim_department.readable", "19", "14"),
        ("source.manifest.complete", "19", "14"),
        ("marts.fct_review.grain", "20", "all but 1 to 5"),
        ("marts.dim_child.grain", "20", "all but 1 to 5"),
        ("marts.worklist_chair.grain", "20", "all but 1 to 5"),
        ("marts.kpi_value.grain", "19", "14"),
        ("marts.reconciliation.fct_review", "19", "14"),
        ("marts.reviews_held.accounted", "19", "14"),
    ],
)
def test_what_is_no_count_of_people_is_shown_as_it_is(expectation: str, checked: str, failed: str) -> None:
    subject = expectation.split(".")[1]
    counted = replace(check(False), expectation=expectation, subject=subject, rows_checked=19, rows_failed=14)
    assert (counted.checked, counted.failed) == (checked, failed)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (check(), words.PASSED),
        (check(checked=1), words.PASSED),
        (check(checked=None), words.PASSED),
        (check(checked=0), words.NOT_APPLICABLE),
        (check(success=False), words.WARNED),
        (check(success=False, checked=0, severity="stop"), words.STOPPED),
        (check(success=False, checked=None, severity="stop"), words.STOPPED),
        (check(success=False, checked=None, severity="stop", judged=False), words.NOT_JUDGED),
    ],
)
def test_the_state_of_a_check(given: Check, status: words.Status) -> None:
    assert given.status is status


def test_a_gate_that_had_nothing_to_check_has_not_passed() -> None:
    assert gate("passed", check(checked=0)).status is words.NOT_APPLICABLE
    assert gate("passed", check(checked=0), check(checked=1)).status is words.PASSED
    assert gate("blocked").status is words.BLOCKED
    assert gate("blocked", check(checked=0), check(False, severity="stop")).status is words.BLOCKED


def test_what_fails_longest_comes_first_after_what_stops() -> None:
    stops = check(False, severity="stop")
    assert gate("blocked", check(False), check(), stops).failed == (stops, check(False))
    assert gate("blocked", check(False), stops, check(False, None, "stop", False)).stopped == 2


def test_each_state_has_a_word_and_a_shape() -> None:
    states = [value for value in vars(words).values() if isinstance(value, words.Status)]
    assert len(states) == 18
    assert all(state.word and state.shape for state in states)
    assert len({state.word for state in states}) == len(states)


def test_days_and_moments() -> None:
    summer = dt.datetime(2020, 7, 1, 4, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert words.day(NIGHT) == "31 March 2020"
    assert words.moment(summer) == "1 July 2020, 03:30:00 UTC"
    assert (words.day(None), words.moment(None)) == ("–", "–")
    assert (words.plural(1, "night"), words.plural(2, "night"), words.plural(0, "table")) == (
        "1 night",
        "2 nights",
        "0 tables",
    )


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('" onclick="x', "&#34; onclick=&#34;x"),
        ("{{ 7 * 7 }}{% raw %}", "{{ 7 * 7 }}{% raw %}"),
        ("'; drop table audit.evidence; --", "&#39;; drop table audit.evidence; --"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("a\x00b\x1bc\u202ed\u2066e\u200bf", "a�b�c�d�e�f"),
        ("line\nline\ttab", "line\nline\ttab"),
    ],
)
def test_text_reaches_a_page_as_text(hostile: str, shown: str) -> None:
    template = environment().from_string("<p>{{ given }}</p>")
    assert template.render(given=hostile) == f"<p>{shown}</p>"


def test_a_long_text_is_cut_and_says_so() -> None:
    at_the_limit, beyond = "x" * text.LONGEST, "x" * 1_000_000
    assert text.plain(at_the_limit) == at_the_limit
    assert text.plain(beyond) == f"{at_the_limit} … (998,000 characters more)"


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing }}").render()
