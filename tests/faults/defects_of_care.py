"""Defects that the care gate finds: each breaks a rule of care, and what follows from it by its nature."""

from __future__ import annotations

import datetime as dt

from tests.faults.child_rows import BORN, DAY, HELD, MOVED, START, Child
from tests.faults.defects import Defect, rule

EPISODES, MEETINGS = "fact_care_episodes", "fact_meetings"
AUTUMN = dt.datetime(2019, 10, 1)


def _two_births(child: Child) -> None:
    child.change("dim_person", legacy_id=child.base)
    child.add(
        "dim_person",
        dim_person_id=child.base + 1,
        legacy_id=child.base,
        birth_dttm=BORN + DAY,
        duplicated_dttm=MOVED,
    )


def _earlier_open(child: Child) -> None:
    child.moves()
    child.change(EPISODES, care_end_date=None, care_reason_end_code=None)


def _leaves_and_stays(child: Child) -> None:
    child.moves()
    child.change(EPISODES, care_reason_end_code="E4A")


def _many_short_breaks(child: Child) -> None:
    for number in range(5):
        start = AUTUMN + number * 20 * DAY
        child.status(2 + number, "V3", start, start + 16 * DAY)


def _odd_working_time(child: Child) -> None:
    worker = child.base + 1
    child.add(
        "dim_worker",
        dim_worker_id=worker,
        staff_id="S1",
        job_title="Independent Chair",
        full_time_equivalency="most",
    )
    child.change("fact_involvements", dim_worker_id=worker)


def _note_of_nobody(child: Child) -> None:
    child.add(
        "fact_casenotes", fact_casenote_id=child.base + 1, dim_person_id=child.base + 9, event_dttm=MOVED
    )


def _resolved_before_raised(child: Child) -> None:
    child.form(
        "Care Planning Alert",
        HELD[0],
        AlertType="Informal",
        RaisedDate="2020-04-14",
        Category="Placement",
        ResolvedDate="2020-04-13",
        Outcome="Agreed",
    )


CARE_DEFECTS = (
    Defect(
        "no birth date",
        lambda child: child.change("dim_person", birth_dttm=None),
        rule("people", "102", "{0}"),
        warns=("marts.fct_review.age",),
    ),
    Defect("two birth dates", _two_births, rule("people", "INT17", "{0}")),
    Defect(
        "an earlier episode that is open",
        _earlier_open,
        rule("episodes", "142") + rule("episodes", "433", "{2}"),
    ),
    Defect(
        "an unknown reason for an episode",
        lambda child: child.moves(care_reason_code="Q"),
        rule("episodes", "143", "{2}"),
    ),
    Defect(
        "a reason for an end that is not there",
        lambda child: child.change(EPISODES, care_reason_end_code="E4A"),
        rule("episodes", "147") + rule("episodes", "148"),
    ),
    Defect(
        "a first episode that goes on from another",
        lambda child: child.change(EPISODES, care_reason_code="P"),
        rule("episodes", "357"),
    ),
    Defect(
        "a child who leaves care and stays",
        _leaves_and_stays,
        rule("episodes", "388") + rule("episodes", "432", "{2}"),
    ),
    Defect(
        "a day in nobody's care",
        lambda child: child.moves(care_start_date=MOVED + DAY),
        rule("episodes", "433", "{2}") + rule("episodes", "388"),
    ),
    Defect(
        "another need in the same period",
        lambda child: child.moves(cin_903_code="N2"),
        rule("periods", "504"),
    ),
    Defect(
        "a period that starts before its first episode",
        lambda child: child.change("fact_cla", start_dttm=START - DAY),
        rule("periods", "R10"),
    ),
    Defect(
        "no chair for six working days",
        lambda child: child.change("fact_involvements", start_dttm=START + 8 * DAY),
        rule("periods", "R08"),
    ),
    Defect(
        "an unknown legal status",
        lambda child: child.change("fact_legal_status", dim_lookup_lgl_status_code="Q9"),
        rule("legal_statuses", "144"),
    ),
    Defect("80 days of short breaks", _many_short_breaks, rule("short_breaks", "367", "{0}")),
    Defect(
        "reviews of a child who has short breaks alone",
        lambda child: child.change("fact_legal_status", dim_lookup_lgl_status_code="V4"),
        rule("reviews", "399", "{1}", "{2}"),
    ),
    Defect(
        "a review without its date",
        lambda child: child.change(MEETINGS, 1, actual_dttm=None),
        rule("reviews", "166", "{2}"),
    ),
    Defect(
        "under 4 at the age of 11",
        lambda child: child.change(
            "fact_meeting_subjects", 1, dim_lookup_participation_code_desc="Child under 4 at time of review"
        ),
        rule("reviews", "440", "{2}"),
    ),
    Defect(
        "an episode that is missing",
        lambda child: child.rows[EPISODES].clear(),
        rule("reviews", "1012", "{1}", "{2}") + rule("reviews", "R01", "{1}", "{2}"),
    ),
    Defect(
        "two reviews on a day",
        lambda child: child.review(3, HELD[1]),
        rule("reviews", "R03", "{2}", "{3}"),
    ),
    Defect(
        "outcomes on the day before the review",
        lambda child: child.outcome(OutcomesCompletedDate="2020-04-23"),
        rule("reviews", "R06", "{2}"),
    ),
    Defect(
        "form and meeting that differ",
        lambda child: child.outcome(ICSParticipationCode="PN2"),
        rule("participations", "R04", "{2} {0}"),
    ),
    Defect(
        "an alert that was resolved before it was raised",
        _resolved_before_raised,
        rule("alerts", "R09", f"{{0}} -?{{0}} {HELD[0]}?1"),
    ),
    Defect("a case note of nobody", _note_of_nobody, rule("fact_casenotes", "R11")),
    Defect("a chair whose working time is no number", _odd_working_time, rule("chairs", "R12")),
)
