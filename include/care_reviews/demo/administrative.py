"""Test and administrative records: persons who are nobody, with facts like anyone's.

In: the council. Out: a few persons with IS_CLIENT 'N', in care, reviewed, with an alert and a protection
plan, and with the mistakes that must never reach a measure: a birth after the review, care that began before
the law did.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from care_reviews.demo.council import Council
from care_reviews.demo.extra_reviews import ExtraReview, write_extra_review
from care_reviews.demo.forms import open_form
from care_reviews.demo.history import Row
from care_reviews.demo.person_rows import person_row
from care_reviews.demo.text import at_midnight

_NAMES = (("Test", "Child"), ("Training", "Record"), ("ZZ Test", "Do Not Use"), ("Admin", "Duplicate"))


def write_administrative(council: Council) -> None:
    """Four such persons, there from the first covered day."""
    known = datetime.combine(council.profile.covers.first_day - timedelta(days=40), time(14, 5))
    for number, (forename, surname) in enumerate(_NAMES):
        rng = council.rng("administrative", number)
        person_id = council.history.new_id("dim_person")
        born = known.date() + timedelta(days=330) if number == 1 else date(2008, 2, 3 + number)
        row = person_row(person_id, forename, surname, at_midnight(born), rng)
        council.put(None, "dim_person", (known, row | {"is_client": "N"}))
        start = date(1991, 5, 1) if number == 2 else known.date() - timedelta(days=100)
        cla_id = _write_care(council, person_id, start, known)
        for months in range(3 + number):
            held = datetime.combine(
                council.profile.covers.first_day + timedelta(days=60 + 170 * months), time(10)
            )
            learnt = held + timedelta(days=1)
            write_extra_review(council, ExtraReview(person_id, held, learnt, cla=cla_id, with_form=True), rng)
        raised = council.profile.covers.first_day + timedelta(days=400 + 30 * number)
        at = datetime.combine(raised, time(15))
        form = open_form(council, None, person_id, "alert", at)
        for answer, text in (
            ("alert_type", council.site.alert_types.formal),
            ("alert_raised_date", raised.isoformat()),
            ("alert_category", list(council.site.alert_categories)[-1]),
            ("alert_stage_1_date", raised.isoformat()),
            ("alert_resolved_date", (raised + timedelta(days=1)).isoformat()),
            ("alert_outcome", "test"),
        ):
            form.answer(answer, text, at)


def _write_care(council: Council, person_id: int, start: date, known: datetime) -> int:
    new_id = council.history.new_id
    cla_id, placement_id = new_id("fact_cla"), new_id("fact_cla_placement")
    rows: tuple[tuple[str, Row], ...] = (
        (
            "fact_cla",
            {
                "fact_cla_id": cla_id,
                "fact_referral_id": -1,
                "start_dttm": at_midnight(start),
                "last_updated_dttm": known,
            },
        ),
        (
            "fact_cla_placement",
            {
                "fact_cla_placement_id": placement_id,
                "fact_cla_id": cla_id,
                "start_dttm": at_midnight(start),
                "dim_lookup_placement_type_code": "U6",
                "dim_lookup_placement_provider_code": "PR1",
                "postcode": "ZZZ",
            },
        ),
        (
            "fact_care_episodes",
            {
                "fact_care_episodes_id": new_id("fact_care_episodes"),
                "fact_cla_id": cla_id,
                "fact_cla_placement_id": placement_id,
                "care_start_date": at_midnight(start),
                "care_reason_code": "S",
                "cin_903_code": "N1",
            },
        ),
        (
            "fact_legal_status",
            {
                "fact_legal_status_id": new_id("fact_legal_status"),
                "dim_lookup_lgl_status_code": "C2",
                "dim_lookup_lgl_status_desc": council.site.legal_statuses["C2"],
                "start_dttm": at_midnight(start),
            },
        ),
        ("fact_cp_plan", {"fact_cp_plan_id": new_id("fact_cp_plan"), "start_dttm": at_midnight(start)}),
    )
    for table, row in rows:
        council.put(None, table, (known, row | {"dim_person_id": person_id}))
    return cla_id
