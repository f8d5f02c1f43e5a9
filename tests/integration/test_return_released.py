"""Returns: released by a person and kept as such, or refused, and the last publication stands."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from care_reviews import ledger, publication, release
from care_reviews.errors import ConfigurationError, NightRefusedError
from care_reviews.evidence import chain
from care_reviews.evidence.verify import EvidenceBrokenError, verify
from care_reviews.release import Release, question
from care_reviews.settings import Settings
from care_reviews.warehouse import deploy
from tests.nights import AUTHORITY, MARTS, a_night, judged

AT = dt.datetime(2020, 5, 4, 9, 30, tzinfo=dt.UTC)
RELEASED = Release("jo", "Annual report 2019-20", False, AT, "as agreed")
REFUSED = Release("jo", "Annual report 2019-20", True, AT, "the alerts are wrong")


@pytest.fixture
def pipeline(warehouse_engine: Engine, pipeline_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    deploy(warehouse_engine, [AUTHORITY], MARTS)
    monkeypatch.setattr(release, "get_settings", lambda: Settings(approvers="jo"))
    return pipeline_engine


def publish(engine: Engine, day: int, released: Release) -> int:
    judged(engine, a_night(day), invocation=f"dbt-{day}")
    return publication.publish(a_night(day), engine, MARTS, released).publication_id


def newest(engine: Engine) -> chain.Link:
    with engine.connect() as connection:
        link = chain.head(connection)
    assert link is not None
    return link


def test_who_released_a_return_is_in_the_ledger_and_the_record(pipeline: Engine) -> None:
    number = publish(pipeline, 1, RELEASED)
    row = ledger.current(pipeline, AUTHORITY)
    assert row is not None
    said = (row.return_name, row.released_by, row.released_at, row.release_comment)
    assert said == ("Annual report 2019-20", "jo", AT, "as agreed")
    record = newest(pipeline).record
    assert record["publication_id"] == number
    assert [record[name] for name in ("return_name", "released_by", "released_at", "release_comment")] == [
        "Annual report 2019-20",
        "jo",
        "2020-05-04T09:30:00.000000+00:00",
        "as agreed",
    ]
    verify(pipeline)


def test_a_night_like_any_other_says_that_its_gates_released_it(pipeline: Engine) -> None:
    publish(pipeline, 1, Release())
    row = ledger.current(pipeline, AUTHORITY)
    assert row is not None
    assert (row.return_name, row.released_by, row.released_at) == (None, "gates", None)
    assert newest(pipeline).record["released_by"] == "gates"


def test_refused_the_last_publication_stands_and_the_refusal_is_recorded_once(pipeline: Engine) -> None:
    first = publish(pipeline, 1, Release())
    judged(pipeline, a_night(2), invocation="dbt-2")
    for _ in range(2):
        publication.refuse(a_night(2), pipeline, REFUSED)
    row = ledger.current(pipeline, AUTHORITY)
    assert row is not None
    assert row.publication_id == first
    record = newest(pipeline).record
    assert (record["kind"], record["decision"], record["number"]) == ("refused", "refused", 3)
    assert (record["refused_by"], record["comment"]) == ("jo", "the alerts are wrong")
    assert set(record["gates"]) == {"source", "care", "marts"}
    verify(pipeline)


def test_another_refusal_of_the_same_night_is_another_record(pipeline: Engine) -> None:
    judged(pipeline, a_night(1))
    publication.refuse(a_night(1), pipeline, REFUSED)
    publication.refuse(a_night(1), pipeline, Release("nobody", REFUSED.return_name, True, AT, None))
    assert newest(pipeline).number == 3


def test_a_night_that_was_not_built_cannot_be_refused(pipeline: Engine) -> None:
    judged(pipeline, a_night(1), invocation=None)
    with pytest.raises(NightRefusedError, match="was not built"):
        publication.refuse(a_night(1), pipeline, REFUSED)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("released_by = 'sam'", "released_by"),
        ("release_comment = 'looks good'", "release_comment"),
        ("return_name = 'Another'", "return_name"),
        ("released_at = released_at + interval '1 second'", "released_at"),
    ],
)
def test_who_released_cannot_be_changed_unseen(
    pipeline: Engine, warehouse_engine: Engine, change: str, place: str
) -> None:
    publish(pipeline, 1, RELEASED)
    with warehouse_engine.begin() as connection:
        connection.execute(text(f"update published.publication set {change}"))
    with pytest.raises(EvidenceBrokenError, match=f"in the ledger, {place}"):
        verify(pipeline)


@pytest.mark.parametrize(
    ("name", "by", "at"), [("A", None, "now()"), ("A", "'jo'", "null"), ("", "'jo'", "now()")]
)
def test_no_return_without_who_and_when(
    pipeline: Engine, warehouse_engine: Engine, name: str, by: str, at: str
) -> None:
    publish(pipeline, 1, Release())
    with pytest.raises(IntegrityError), warehouse_engine.begin() as connection:
        connection.execute(
            text(
                f"update published.publication set return_name = '{name}', released_by = {by or 'null'}, "
                f"released_at = {at}"
            )
        )


def asked_of(pipeline: Engine) -> release.Question:
    with pipeline.connect() as connection:
        return question(connection, a_night(1), "Annual report 2019-20")


def test_the_question_says_what_the_gates_said(pipeline: Engine) -> None:
    judged(pipeline, a_night(1))
    asked = asked_of(pipeline)
    assert asked.subject == "Release Annual report 2019-20, as known on 2020-03-01?"
    assert "marts gate: warned, 9 passed, 1 warned" in asked.body
    assert "18 hours" in asked.body


def test_the_question_says_what_does_not_hold_of_the_figures_and_of_nothing_else(pipeline: Engine) -> None:
    judged(pipeline, a_night(1))
    assert "Nothing that should hold of the figures does not." in asked_of(pipeline).body
    words = "insert into audit.validation_result (validation_id, position, expectation, subject, severity, "
    with pipeline.begin() as connection:
        connection.execute(
            text(
                f"{words} success, says) select validation_id, number, 'x', 'x', 'warn', number > 1, "
                "gate || number || ': [A](b) lies above its *upper* limit.' "
                "from audit.validation cross join generate_series(1, 2) as number"
            )
        )
    body = asked_of(pipeline).body
    assert "does not:\n\n- marts1: \\[A\\](b) lies above its \\*upper\\* limit.\n\n" in body
    assert not [other for other in ("marts2", "care1", "source1") if other in body]


def test_without_an_approver_there_is_no_question(pipeline: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "get_settings", lambda: Settings(approvers=""))
    judged(pipeline, a_night(1))
    with pipeline.connect() as connection, pytest.raises(ConfigurationError, match="CARE_REVIEWS_APPROVERS"):
        question(connection, a_night(1), "Annual report 2019-20")
