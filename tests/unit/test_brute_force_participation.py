"""How a child took part, as forms and subjects say, on both sides of each boundary."""

from __future__ import annotations

from typing import Any

import pytest

from tests.histories import (
    APRIL,
    YEAR_TO_APRIL,
    Rows,
    answer,
    cells_of,
    child,
    episode,
    held,
    meeting,
    numerator,
    participation,
    parts,
    person,
    review,
    review_row,
    subject,
)


def shares(*history: Rows | list[Rows]) -> tuple[int, int, int, int, int | None]:
    """Participated, did not, not recorded, attended, in scope: in April 2024."""
    found = cells_of(*history)
    measures = ("participation", "participation_not", "participation_not_recorded", "attendance")
    denominators = {parts(found, measure, APRIL)[1] for measure in measures}
    assert len(denominators) == 1
    yes, no, unknown, attended = (numerator(found, measure, APRIL) for measure in measures)
    return yes, no, unknown, attended, denominators.pop()


PARTICIPATED_THERE, PARTICIPATED_AWAY = (1, 0, 0, 1, 1), (1, 0, 0, 0, 1)
SILENT_THERE, SILENT_AWAY = (0, 1, 0, 1, 1), (0, 1, 0, 0, 1)
NOT_RECORDED, OUT_OF_SCOPE = (0, 0, 1, 0, 1), (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Child under 4 at time of review", NOT_RECORDED),  # said of a child of 13
        ("Attended and spoke for self", PARTICIPATED_THERE),
        ("Attended, views represented by advocate", PARTICIPATED_THERE),
        ("Attended, conveyed views non-verbally", PARTICIPATED_THERE),
        ("Attended but did not convey views", SILENT_THERE),
        ("Did not attend, briefed advocate", PARTICIPATED_AWAY),
        ("Did not attend, sent views", PARTICIPATED_AWAY),
        ("Did not attend, views not conveyed", SILENT_AWAY),
        ("  DID not attend,  sent\nviews ", PARTICIPATED_AWAY),
        ("PN0", NOT_RECORDED),
        ("PN1", PARTICIPATED_THERE),
        (" pn7 ", SILENT_AWAY),
        ("PN8", NOT_RECORDED),
        ("by telephone", NOT_RECORDED),
        (" ", NOT_RECORDED),
        (None, NOT_RECORDED),
    ],
)
def test_participation_as_the_subject_or_the_form_says(said: str | None, expected: tuple[int, ...]) -> None:
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10")]
    assert shares(in_care, subject(5, said)) == expected
    assert shares(in_care, subject(5, None, 50), participation(50, said, "2024-04-11")) == expected


@pytest.mark.parametrize("form_id", [None, -1, 50, 51])
def test_without_a_word_in_the_form_the_subjects_text_counts(form_id: int | None) -> None:
    silent_form = [participation(50, "  ", "2024-04-11"), answer(50, "SWReportReceived", "Y", "2024-04-11")]
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10")]
    assert (
        shares(in_care, subject(5, "Did not attend, sent views", form_id), silent_form) == PARTICIPATED_AWAY
    )


@pytest.mark.parametrize(
    ("in_form", "expected"),
    [("PN7", SILENT_AWAY), ("PN0", NOT_RECORDED), ("unheard of", NOT_RECORDED), (None, PARTICIPATED_AWAY)],
)
def test_the_form_overrides_the_subject(in_form: str | None, expected: tuple[int, ...]) -> None:
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10")]
    form = participation(50, in_form, "2024-04-11")
    assert shares(in_care, subject(5, "Did not attend, sent views", 50), form) == expected


def test_only_the_outcome_template_is_asked() -> None:
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10"), subject(5, "PN6", 50)]
    other = answer(50, "ICSParticipationCode", "PN1", "2024-04-11", template="Review Quality Audit")
    same = answer(50, "icsparticipationcode ", "PN1", "2024-04-11", template=" CLA review\noutcomes")
    assert shares(in_care, other) == PARTICIPATED_AWAY
    assert shares(in_care, same) == PARTICIPATED_THERE


def two_forms(*answers: Rows) -> tuple[int, int, int, int, int | None]:
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10")]
    return shares(in_care, subject(5, "PN4", 50), subject(5, "PN4", 51), list(answers))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("2024-04-11", "2024-04-12"), ("2024-04-11 09:00", "2024-04-11 09:01"), (None, "2024-04-11")],
)
def test_of_two_forms_the_one_answered_last_counts(earlier: Any, later: Any) -> None:
    assert two_forms(participation(50, "PN1", later), participation(51, "PN7", earlier)) == PARTICIPATED_THERE
    assert two_forms(participation(50, "PN1", earlier), participation(51, "PN7", later)) == SILENT_AWAY


def test_a_form_was_answered_when_its_last_answer_was() -> None:
    early, late = "2024-04-11", "2024-04-20"
    codes = [participation(50, "PN1", early), participation(51, "PN7", "2024-04-12")]
    assert two_forms(*codes) == SILENT_AWAY
    assert two_forms(*codes, answer(50, "WrittenToChild", "Y", late)) == PARTICIPATED_THERE


def test_a_form_answered_last_without_a_code_leaves_it_to_the_subject() -> None:
    assert (
        two_forms(participation(50, "PN1", "2024-04-11"), participation(51, None, "2024-04-12"))
        == SILENT_THERE
    )


@pytest.mark.parametrize(
    ("typed", "is_read"),
    [
        ("2024-04-20", True),
        (" 20/04/2024 ", True),
        ("1900-01-01", True),
        ("01/01/1900", True),
        ("", True),
        ("1990-01-01", True),
        ("31/12/1989", False),
        ("15/05/2027", True),
        ("2027-05-16", False),
        ("20/04/0224", False),
        ("31/04/2024", False),
        ("next week", False),
    ],
)
def test_an_unreadable_date_in_a_form_spoils_that_answer_alone(typed: str, is_read: bool) -> None:
    """Only where the answer is read does it make its form the one answered last."""
    codes = [participation(50, "PN1", "2024-04-11"), participation(51, "PN7", "2024-04-12")]
    found = two_forms(*codes, answer(50, "RecordCompletedDate", typed, "2024-04-20"))
    assert found == (PARTICIPATED_THERE if is_read else SILENT_AWAY)


def test_of_two_codes_in_a_form_the_last_given_counts() -> None:
    answers = [participation(50, "PN7", "2024-04-12"), participation(50, "PN1", "2024-04-11")]
    blank = participation(50, " ", "2024-04-13")
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10"), subject(5, None, 50)]
    assert shares(in_care, answers, blank) == SILENT_AWAY


def test_of_two_subject_rows_the_recorded_one_counts() -> None:
    in_care = [*child("2024-02-01"), review_row(5), meeting(5, "2024-04-10")]
    assert shares(in_care, subject(5, None), subject(5, "PN6")) == PARTICIPATED_AWAY
    assert shares(in_care, subject(5, "PN0"), subject(5, "PN7")) == SILENT_AWAY
    assert shares(in_care, subject(5, "PN7"), subject(5, "PN1")) == PARTICIPATED_THERE  # the lowest code
    silent_forms = [participation(50, None, "2024-04-11"), participation(51, None, "2024-04-12")]
    rows = [subject(5, "PN1", 50), subject(5, "PN6", 51)]
    assert shares(in_care, rows, silent_forms) == PARTICIPATED_AWAY  # the form answered last


def test_of_two_rows_on_a_day_the_recorded_one_counts_then_the_form_answered_last() -> None:
    in_care = child("2024-02-01")
    unknown, recorded = review(5, "2024-04-10", None), review(6, "2024-04-10", "PN6")
    assert shares(in_care, unknown, recorded) == PARTICIPATED_AWAY
    assert (
        shares(in_care, review(5, "2024-04-10", "PN6"), review(6, "2024-04-10", "PN0")) == PARTICIPATED_AWAY
    )

    both = [review_row(5), meeting(5, "2024-04-10"), review_row(6), meeting(6, "2024-04-10")]
    forms = [participation(50, "PN1", "2024-04-11"), participation(60, "PN7", "2024-04-12")]
    assert shares(in_care, both, subject(5, None, 50), subject(6, None, 60), forms) == SILENT_AWAY
    assert shares(in_care, both, subject(5, None, 60), subject(6, None, 50), forms) == SILENT_AWAY

    unknown_later = [participation(50, "PN1", "2024-04-11"), participation(60, "by post", "2024-04-12")]
    with_forms = [subject(5, None, 50), subject(6, None, 60), *unknown_later]
    assert shares(in_care, both, with_forms) == PARTICIPATED_THERE

    alike = [*review(5, "2024-04-10", "PN4"), *review(6, "2024-04-10", "PN1")]
    assert shares(in_care, alike) == SILENT_THERE  # the lowest key


def test_a_siblings_word_is_not_the_childs() -> None:
    in_care = [*child("2024-02-01"), person(2), review_row(5), meeting(5, "2024-04-10")]
    assert shares(in_care, subject(5, "PN1", 50, person_id=2), participation(50, "PN1", None)) == NOT_RECORDED


def test_a_word_on_the_duplicate_record_is_the_childs() -> None:
    merged = [person(1, legacy_id=7), person(2, legacy_id=7, duplicated_dttm="2024-01-01")]
    meets = [review_row(5, person_id=1), meeting(5, "2024-04-10"), subject(5, "PN1", person_id=2)]
    assert shares(merged, episode("2024-02-01"), meets) == PARTICIPATED_THERE


@pytest.mark.parametrize(
    ("born", "held_on", "expected"),
    [
        ("2020-04-10", "2024-04-10", PARTICIPATED_THERE),  # the fourth birthday
        ("2020-04-11", "2024-04-10", OUT_OF_SCOPE),
        ("2020-02-29", "2024-04-10", PARTICIPATED_THERE),
        ("2024-04-12", "2024-04-10", OUT_OF_SCOPE),  # born after it
        (None, "2024-04-10", OUT_OF_SCOPE),
        ("1900-01-01", "2024-04-10", OUT_OF_SCOPE),
    ],
)
def test_in_scope_from_the_fourth_birthday(born: str | None, held_on: str, expected: tuple[int, ...]) -> None:
    history = [*child("2024-02-01", born=born), *review(5, held_on, "PN1")]
    assert shares(history) == expected
    assert held(history) == 1  # at any age


def test_a_child_born_on_29_february_is_four_on_that_day() -> None:
    day_before = [*child("2024-02-01", born="2020-02-29"), *review(5, "2024-02-28", "PN1")]
    birthday = [*child("2024-02-01", born="2020-02-29"), *review(5, "2024-02-29", "PN1")]
    assert parts(cells_of(day_before), "participation", YEAR_TO_APRIL) == (0, 0)
    assert parts(cells_of(birthday), "participation", YEAR_TO_APRIL) == (1, 1)
