"""A night whose pages have as much in them as a council of many years brings, made up without a warehouse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from care_reviews.site.checks import Check, GateFacts
from care_reviews.site.courses import Course, Point
from care_reviews.site.facts import NightFacts, NightLine
from care_reviews.site.rule_trends import Open, RuleTrend, Trend

MONTHS, JUDGED = 36, 13
TEAMS = ("North East", "South West", "Not known")
NEWEST = dt.date(2020, 3, 31)
DECIDED = dt.datetime(2020, 4, 1, tzinfo=dt.UTC)


def month_ends(count: int) -> tuple[dt.date, ...]:
    """The newest month ends up to the night, oldest first."""
    firsts = [NEWEST.year * 12 + NEWEST.month - back for back in range(count)]
    return tuple(dt.date(first // 12, first % 12 + 1, 1) - dt.timedelta(days=1) for first in reversed(firsts))


def night() -> NightFacts:
    """Two measures over 36 months, each value of the first another; rules over 13 with four digits each."""
    days = month_ends(MONTHS)
    return NightFacts(
        authority_code="E10999999",
        authority_name="Made-up Council",
        night=_line(),
        standing=_line(),
        decided_at=DECIDED,
        code_version="1",
        gates=(_gate(),),
        provisional=(),
        nights=(_line(),),
        trend=trend(),
        definitions=(_definition("counted"), _definition("shares")),
        courses={
            "counted": Course(
                "each month’s end",
                tuple(Point(day, Decimal(1000 + n), True, n > 30) for n, day in enumerate(days)),
            ),
            "shares": Course(
                "the 12 months up to each month’s end",
                tuple(
                    Point(day, None if n % 2 else Decimal("99.5"), False, n > 30)
                    for n, day in enumerate(days)
                ),
            ),
        },
        flows=(),
        accounts=(),
        record=None,
        marts=(),
        lineage=None,
    )


def trend() -> Trend:
    """Rules of two gates over 13 months, told by team."""
    days = month_ends(JUDGED)
    months = tuple(Open(3000 + 5 * n, 9999, dict.fromkeys(TEAMS, 1000 + 5 * n)) for n in range(JUDGED))
    says = "A sentence that is as long as what the checks say of the records, and that wraps in its cell."
    return Trend(
        days,
        (
            RuleTrend("care", "reviews.1012", says, "independent reviewing service", months),
            RuleTrend(
                "source", "fact_cla_placement.dim_lookup_placement_type_code_known", says, "team", months
            ),
        ),
    )


def _gate() -> GateFacts:
    """One check that failed, with a name in its words that is longer than those of columns are."""
    check = Check(
        expectation="source.fact_meeting_subjects.dim_lookup_participation_code_desc_known_share",
        subject="fact_meeting_subjects",
        column="dim_lookup_participation_code_desc",
        severity="warn",
        success=False,
        is_judged=True,
        rows_checked=9999,
        rows_failed=999,
        says="FACT_MEETING_SUBJECTS.DIM_LOOKUP_PARTICIPATION_CODE_DESC is known in all rows but a few.",
        because="Measures rest on it, and what is not known counts as not recorded.",
        remedy="Add the words of the site to its map in dbt_project/seeds, or have the records corrected.",
        owner="independent reviewing service",
        why_not=None,
        since=NEWEST,
    )
    return GateFacts("source", "warned", DECIDED, (check,))


def _line() -> NightLine:
    none: dict[str, Any] = dict.fromkeys(NightLine.__dataclass_fields__)
    return NightLine(
        **none
        | {
            "extract_id": 1,
            "as_known": NEWEST,
            "run_id": "run",
            "started_at": DECIDED,
            "verdicts": {},
            "publication_id": 1,
            "published_at": DECIDED,
        }
    )


def _definition(measure: str) -> dict[str, Any]:
    words = ("name", "description", "unit", "numerator", "denominator", "exclusions", "source", "choices")
    return dict.fromkeys(words, f"What is {measure}") | {
        "measure_id": measure,
        "target": None,
        "direction": "none",
        "valid_from": dt.date(2011, 4, 1),
        "valid_to": None,
    }
