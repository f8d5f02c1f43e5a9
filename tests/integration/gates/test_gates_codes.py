"""Codes and texts that nothing knows, at both sides of every boundary and at null."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from tests.integration.gates import council
from tests.integration.gates.flagging import flags


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        (None, False),
        ("", False),
        ("Attended and spoke for self", False),
        ("  ATTENDED and spoke\nfor self ", False),
        ("Attended and spoke for themself", True),
    ],
)
def test_participation_text(connection: Connection, words: str | None, unknown: bool) -> None:
    row = ("1", "1", words, None)
    assert (
        flags(connection, "fact_meeting_subjects", row)["dim_lookup_participation_code_desc_unknown"]
        is unknown
    )


@pytest.mark.parametrize(
    ("number", "answer", "unknown"),
    [
        ("ICSParticipationCode", "PN3", False),
        ("icsparticipationcode", "pn7", False),
        ("ICSParticipationCode", "Did not attend, sent views", False),
        ("ICSParticipationCode", None, False),
        ("ICSParticipationCode", "PN8", True),
        ("PermanencePlan", "PN8", None),  # another answer is not judged at all
    ],
)
def test_participation_answer(
    connection: Connection, number: str, answer: str | None, unknown: bool | None
) -> None:
    row = ("1", "1", "CLA Review  Outcomes", "k", number, answer, council.day(1))
    found = flags(connection, "fact_form_answers", row)
    assert found["answer_unknown"] is unknown
    assert (found["is_cla_review_outcomes"], found["is_care_planning_alert"]) == (True, False)


@pytest.mark.parametrize(
    ("template", "number", "field", "known", "unknown"),
    [
        ("Care Planning Alert", "AlertType", "alert_type", " INFORMAL\n", "Talked over"),
        ("Review Quality Audit", "SmartRating", "audit_smart_rating", "requires  Improvement", "Fair"),
        ("Review Quality Audit", "ChildFocused", "yes_or_no", " yES ", "True"),
        ("CLA Review Outcomes", "WrittenToChild", "yes_or_no", "n", "1"),
    ],
)
def test_answers_that_a_council_words_itself(
    connection: Connection, template: str, number: str, field: str, known: str, unknown: str
) -> None:
    """A text of another question is none of this one, nor is another council's."""
    other = {"audit_smart_rating": "Formal"}.get(field, "Good")
    for answer, expected in ((known, False), (None, False), (" ", False), (unknown, True), (other, True)):
        row = (None, "1", template, "k", number, answer, council.day(1))
        assert flags(connection, "fact_form_answers", row)[f"{field}_unknown"] is expected, answer
    elsewhere = (None, "1", template, "k", "Agency", unknown, council.day(1))
    assert flags(connection, "fact_form_answers", elsewhere)[f"{field}_unknown"] is None


@pytest.mark.parametrize(
    ("number", "answer", "unknown"),
    [
        ("Category", "Drift or delay", False),
        ("category ", " DRIFT or\ndelay ", False),
        ("Category", " ", False),
        ("Category", None, False),
        ("Category", "Case drift", True),  # another council's
        ("Agency", "Case drift", None),
    ],
)
def test_alert_category(
    connection: Connection, number: str, answer: str | None, unknown: bool | None
) -> None:
    row = (None, "1", "Care Planning Alert", "k", number, answer, council.day(1))
    assert flags(connection, "fact_form_answers", row)["alert_category_unknown"] is unknown


@pytest.mark.parametrize(
    ("name", "kind", "known_team", "unknown_type"),
    [
        ("North East", "Quadrant", True, False),
        (" north\r\nEAST assessment team ", "team", True, False),
        ("Harbour", "Locality", False, True),  # another council's
        (None, None, False, False),
        ("", " ", False, False),
    ],
)
def test_department(
    connection: Connection, name: str | None, kind: str | None, known_team: bool, unknown_type: bool
) -> None:
    found = flags(connection, "dim_department", ("1", name, kind))
    assert found["is_known_team"] is known_team
    assert found["dept_type_description_unknown"] is unknown_type


@pytest.mark.parametrize(
    ("title", "is_chair"),
    [
        ("Independent Chair", True),
        (" INDEPENDENT  chair\n", True),
        ("Independent Chair (agency)", False),
        (None, False),
        ("", False),
    ],
)
def test_chairs_by_title(connection: Connection, title: str | None, is_chair: bool) -> None:
    assert flags(connection, "dim_worker", ("1", "1", title, "Reviewing", "1.0"))["is_chair"] is is_chair


@pytest.mark.parametrize(
    ("ethnicity", "sex", "unknown"),
    [
        ("L1", "F", (False, False)),
        (" l1", "f ", (False, False)),
        (None, None, (False, False)),
        ("L2", "X", (True, True)),
    ],
)
def test_codes_of_a_person(
    connection: Connection, ethnicity: str | None, sex: str | None, unknown: object
) -> None:
    row = ("1", None, None, None, None, sex, ethnicity, "Y", None)
    found = flags(connection, "dim_person", row, dim_lookup_dfe_ethnic=[("L1", "WBRI")])
    assert (found["ethnicity_main_code_unknown"], found["gender_main_code_unknown"]) == unknown


@pytest.mark.parametrize(
    ("said", "unknown"),
    [
        ("Y", False),
        ("N", False),
        (" yes", False),
        (None, False),
        ("", False),
        ("Perhaps", True),
        ("N1", True),
    ],
)
def test_flags_that_say_neither_yes_nor_no(connection: Connection, said: str | None, unknown: bool) -> None:
    note = ("1", "7", council.day(1), "IRO", said, said)
    found = flags(connection, "fact_casenotes", note)
    assert (found["seen_flag_unknown"], found["seen_alone_flag_unknown"]) == (unknown, unknown)
    involved = ("1", "7", None, None, None, "CW", said, council.day(1), None)
    assert flags(connection, "fact_involvements", involved)["is_allocated_cw_flag_unknown"] is unknown
    person = ("1", None, None, said, None, "F", None, "Y", None)
    assert flags(connection, "dim_person", person)["dob_estimated_unknown"] is unknown


@pytest.mark.parametrize(
    ("need", "unknown"),
    [("N1", False), (" n8", False), (None, False), ("N0", True), ("N9", True), ("1", True)],
)
def test_categories_of_need(connection: Connection, need: str | None, unknown: bool) -> None:
    episode = ("1", "1", None, "7", council.day(1), None, "S", None, need)
    assert flags(connection, "fact_care_episodes", episode)["cin_903_code_unknown"] is unknown
    referral = ("1", "7", council.day(1), None, need, None)
    found = flags(connection, "fact_referrals", referral)
    assert found["dim_lookup_category_of_need_code_unknown"] is unknown


def test_ethnicity_is_not_judged_where_the_lookup_is_empty(connection: Connection) -> None:
    row = ("1", None, None, None, None, "F", "L1", "Y", None)
    assert flags(connection, "dim_person", row)["ethnicity_main_code_unknown"] is None


@pytest.mark.parametrize(
    ("kind", "unknown", "is_review"),
    [("CLAR", False, True), ("clar ", False, True), ("CLARS", True, False), (None, False, False)],
)
def test_the_meeting_of_a_review(
    connection: Connection, kind: str | None, unknown: bool, is_review: bool
) -> None:
    meetings = [("5", kind, council.day(1), None)]
    review = ("1", "1", "1", "5", None, None)
    assert (
        flags(connection, "fact_cla_review", review, fact_meetings=meetings)["fact_meeting_id_unknown"]
        is unknown
    )
    assert flags(connection, "fact_meetings", *meetings)["is_review_meeting"] is is_review


def test_a_meeting_that_is_not_there_is_lost_and_not_unknown(connection: Connection) -> None:
    found = flags(connection, "fact_cla_review", ("1", "1", "1", "5", None, None))
    assert (found["fact_meeting_id_lost"], found["fact_meeting_id_unknown"]) == (True, False)
