"""Defects that the gate on what is published finds: what the records say that nothing before it judges, and a
mart that is not what the models make of them.
"""

from __future__ import annotations

import datetime as dt

from tests.faults.child_rows import DAY, HELD, START, Child
from tests.faults.defects import Defect, rule


def _no_raised_date(child: Child) -> None:
    child.form("Care Planning Alert", HELD[0], AlertType="Informal", Category="Placement")


def _over_before_it_began(child: Child) -> None:
    for name in ("fact_cla_review", "fact_meetings", "fact_meeting_subjects"):
        child.rows[name].clear()
    child.change("fact_care_episodes", care_end_date=START - DAY, care_reason_end_code="E4A")


MARTS_DEFECTS = (
    Defect(
        "a form whose first meeting is none of the meetings",
        lambda child: child.outcome(FirstMeetingDate="2020-04-20"),
        warns=("marts.findings.series_as_meetings",),
    ),
    Defect("an alert that was never raised", _no_raised_date, warns=("marts.findings.alerts_dated",)),
    Defect(
        "reviews before the child was born",
        lambda child: child.change("dim_person", birth_dttm=dt.datetime(2020, 5, 1)),
        rule("episodes", "302") + rule("reviews", "441", "{1}", "{2}"),
        warns=("marts.fct_review.born",),
    ),
    Defect(
        "a period of care that is over before it began",
        _over_before_it_began,
        rule("episodes", "356"),
        warns=("marts.fct_period_of_care.ends_after_start",),
    ),
    Defect(
        "a review that is called late and was in time",
        lambda child: None,
        stops=("marts.fct_review.on_time",),
        tampering="update {candidate}.fct_review set is_on_time = not is_on_time "
        "where period_id = {period} and review_sequence = 1",
    ),
)
