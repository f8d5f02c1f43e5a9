"""Records of findings in words: what a worker can look for, whatever key is kept."""

from __future__ import annotations

import pytest

from care_reviews.finding_records import record_words

FORM = "-?34 2019-05-01 10:00:00?1"
HASH = "df4d93a4-db77-b899-1155-e4d145f832c4"


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [
        ("fact_care_episodes", "7058", "7058"),
        ("dim_person", "1681", "person 1681"),
        ("fact_meeting_subjects", "141 11", "meeting 141, person 11"),
        ("fact_meeting_subjects", "141 -1", "meeting 141, nobody"),
        ("fact_meeting_subjects", "141", "141"),
        ("fact_form_answers", f"34 {FORM}", "Alert of person 34, begun 1 May 2019, 10:00"),
        ("fact_forms", FORM, "Alert of person 34, begun 1 May 2019, 10:00"),
        (
            "fact_form_answers",
            "141 11 141?11 2019-05-01 10:00:00.5?2",
            "form of person 11 at meeting 141, begun 1 May 2019, 10:00, number 2 of that moment",
        ),
        ("fact_form_answers", "34 -?34 undated?1", "form of person 34, without a date"),
        ("fact_forms", "-?34 2019-02-30 10:00:00?1", "form of person 34, begun 2019-02-30 10:00:00"),
        (
            "fact_forms",
            f"quarantine {HASH}",
            f"a row of person 8 that cannot be read, {HASH} in landing.quarantine",
        ),
        ("fact_form_answers", "", "without a key"),
        ("fact_form_answers", "nowhere", "nowhere"),
        ("fact_cla_review", "any text |?", "any text |?"),
    ],
)
def test_a_record_in_words(table: str, key: str, words: str) -> None:
    assert record_words(table, key, "8", {FORM: "Alert"}) == words


def test_what_cannot_be_read_and_is_nobodys() -> None:
    told = record_words("fact_meetings", f"quarantine {HASH}", None, {})
    assert told == f"a row of nobody that cannot be read, {HASH} in landing.quarantine"
