"""Publish: what readers see before and after, what is refused, and what a night without news costs."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from care_reviews import ledger, pseudonyms, publication
from care_reviews.errors import (
    BuildError,
    ConfigurationError,
    GateBlockedError,
    NightRefusedError,
    PublicationRefusedError,
)
from care_reviews.marts import MartColumn
from care_reviews.versions import Merge
from care_reviews.warehouse import deploy
from tests.nights import AUTHORITY, KPI, MARTS, REVIEW, a_night, judge, judged, with_column

TWO = (("children_looked_after", "2020-02-29", 950), ("reviews_held", "2020-02-29", None))


@pytest.fixture
def owner(warehouse_engine: Engine) -> Engine:
    deploy(warehouse_engine, [AUTHORITY], MARTS)
    return warehouse_engine


@pytest.fixture
def pipeline(owner: Engine, pipeline_engine: Engine) -> Engine:
    return pipeline_engine


def publish(engine: Engine, night):
    return publication.publish(night, engine, MARTS)


def rows(engine: Engine, query: str) -> list[tuple]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def values(engine: Engine, view: str = "published.sample_value") -> list[tuple]:
    return rows(
        engine, f"select publication_id, measure_id, value::int, as_known::text from {view} order by 1, 2"
    )


def test_a_first_night_is_what_readers_see(pipeline, fresh_warehouse):
    judged(pipeline, a_night(1), TWO)
    published = publish(pipeline, a_night(1))
    assert published.marts == {
        "published.sample_value": Merge(2, 0, 0),
        "analysis.sample_review": Merge(1, 0, 0),
    }
    reader = fresh_warehouse.engine_as("bi_reader")
    number = published.publication_id
    expected = [
        (number, "children_looked_after", 950, "2020-03-01"),
        (number, "reviews_held", None, "2020-03-01"),
    ]
    assert values(reader) == expected == values(reader, "published.sample_value_as_known")


def test_the_ledger_row_holds_verdicts_and_counts(pipeline, owner):
    extract_id = judged(pipeline, a_night(1))
    publish(pipeline, a_night(1))
    row = publication.current(pipeline, AUTHORITY)
    assert row is not None
    assert (row.extract_id, row.run_id, row.dbt_invocation_id) == (extract_id, "run-1", "dbt-1")
    assert (row.source_gate, row.care_gate, row.marts_gate) == ("passed", "passed", "warned")
    assert (row.expectations_passed, row.expectations_warned, row.expectations_stopped) == (27, 1, 0)
    assert (row.withdrawn_at, row.withdrawn_by, row.reason) == (None, None, None)
    assert publication.current(pipeline, "E99999999") is None


def test_a_night_without_news_adds_a_ledger_row_and_nothing_else(pipeline):
    judged(pipeline, a_night(1), TWO)
    publish(pipeline, a_night(1))
    before = rows(pipeline, "select ctid, xmin, * from published.sample_value_history")
    judged(pipeline, a_night(2), TWO, invocation="dbt-2")
    second = publish(pipeline, a_night(2))
    assert second.marts == {
        "published.sample_value": Merge(0, 0, 2),
        "analysis.sample_review": Merge(0, 0, 1),
    }
    assert rows(pipeline, "select ctid, xmin, * from published.sample_value_history") == before
    assert [row[3] for row in values(pipeline)] == ["2020-03-02"] * 2
    assert [row[3] for row in values(pipeline, "published.sample_value_as_known")] == ["2020-03-01"] * 2 + [
        "2020-03-02"
    ] * 2


def test_every_night_is_read_back_as_it_was_known(pipeline):
    for day, value in ((1, 950), (2, 951), (3, 950), (4, None)):
        judged(
            pipeline, a_night(day), [("children_looked_after", "2020-02-29", value)], invocation=f"dbt-{day}"
        )
        publish(pipeline, a_night(day))
    assert [row[2:] for row in values(pipeline, "published.sample_value_as_known")] == [
        (950, "2020-03-01"),
        (951, "2020-03-02"),
        (950, "2020-03-03"),
        (None, "2020-03-04"),
    ]


def test_a_second_publication_of_a_night_replaces_the_first(pipeline):
    for run, value in (("first", 950), ("second", 960)):
        judged(pipeline, a_night(1, run), [("children_looked_after", "2020-02-29", value)], invocation=run)
        publish(pipeline, a_night(1, run))
    assert (
        [row[2] for row in values(pipeline)]
        == [960]
        == [row[2] for row in values(pipeline, "published.sample_value_as_known")]
    )


def test_publishing_the_same_build_again_leaves_the_publication(pipeline):
    judged(pipeline, a_night(1))
    first = publish(pipeline, a_night(1))
    assert publish(pipeline, a_night(1)).publication_id == first.publication_id
    assert len(ledger.publications(pipeline)) == 1


def test_children_appear_under_pseudonyms_alone(pipeline, fresh_warehouse):
    judged(
        pipeline,
        a_night(1),
        reviews=[(1, 11, 7, "2020-02-03"), (2, 11, None, "2020-02-04"), (3, 7, 7, "2020-02-05")],
    )
    publish(pipeline, a_night(1))
    key = pseudonyms.read_key()
    assert key is not None
    name = {number: pseudonyms.pseudonym(key, "child", AUTHORITY, str(number)) for number in (7, 11)}
    seen = rows(
        fresh_warehouse.engine_as("analyst"),
        "select child_id, chair_id, held_on::text from analysis.sample_review order by held_on",
    )
    chair = pseudonyms.pseudonym(key, "worker", AUTHORITY, "7")
    assert seen == [
        (name[11], chair, "2020-02-03"),
        (name[11], None, "2020-02-04"),
        (name[7], chair, "2020-02-05"),
    ]
    assert chair != name[7]


def test_the_key_that_a_warehouse_was_deployed_with_is_asked_for(pipeline, monkeypatch, tmp_path):
    judged(pipeline, a_night(1))
    monkeypatch.setattr(pseudonyms, "key_file", lambda: tmp_path / "pseudonym.key")
    with pytest.raises(ConfigurationError, match="is missing: restore it"):
        publish(pipeline, a_night(1))
    (tmp_path / "pseudonym.key").write_text("ab" * 32)
    with pytest.raises(ConfigurationError, match="is not the key of this warehouse"):
        publish(pipeline, a_night(1))
    assert ledger.publications(pipeline) == []


def test_deploy_asks_for_the_key_too(owner, monkeypatch, tmp_path):
    monkeypatch.setattr(pseudonyms, "key_file", lambda: tmp_path / "pseudonym.key")
    with pytest.raises(ConfigurationError, match="is missing: restore it"):
        deploy(owner, [AUTHORITY], MARTS)
    assert not (tmp_path / "pseudonym.key").exists()


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"verdicts": {"source": "blocked"}}, GateBlockedError, "source gate blocked"),
        ({"verdicts": {"care": "blocked"}}, GateBlockedError, "care gate blocked"),
        ({"verdicts": {"marts": "blocked"}}, GateBlockedError, "marts gate blocked"),
        ({"status": "extracted"}, NightRefusedError, "has not landed"),
        ({"invocation": None}, NightRefusedError, "was not built"),
        (
            {"kpis": [("a", "2020-02-29", 1), ("a", "2020-02-29", 2)]},
            BuildError,
            "1 rows too many for its key",
        ),
    ],
)
def test_a_night_that_may_not_be_published_leaves_the_last_publication(pipeline, given, error, message):
    judged(pipeline, a_night(1))
    publish(pipeline, a_night(1))
    before = values(pipeline)
    judged(pipeline, a_night(2), **({"invocation": "dbt-2"} | given))
    with pytest.raises(error, match=message):
        publish(pipeline, a_night(2))
    assert values(pipeline) == before


def test_only_the_newest_verdict_of_a_gate_counts(pipeline):
    night = a_night(1)
    extract_id = judged(pipeline, night, verdicts={"source": "blocked"})
    with pipeline.begin() as connection:
        judge(connection, night, extract_id, "source", "passed")
    publish(pipeline, night)


@pytest.mark.parametrize("gate", ["source", "care", "marts"])
def test_a_verdict_on_another_build_of_the_night_does_not_let_this_one_out(pipeline, owner, gate):
    night = a_night(1)
    extract_id = judged(pipeline, night, invocation="dbt-2")
    with pipeline.begin() as connection:
        judge(connection, night, extract_id, gate, "passed", "dbt-1")
    with pytest.raises(NightRefusedError, match=f"built again since the {gate} gate judged it"):
        publish(pipeline, night)
    with owner.begin() as connection:
        connection.execute(text("update audit.validation set dbt_invocation_id = null"))
    with pytest.raises(NightRefusedError, match="run validate first"):
        publish(pipeline, night)
    with pipeline.begin() as connection:
        for each in ("source", "care", "marts"):
            judge(connection, night, extract_id, each, "passed", "dbt-2")
    publish(pipeline, night)


def test_a_night_that_no_gate_judged_is_refused(pipeline, owner):
    judged(pipeline, a_night(1))
    with owner.begin() as connection:
        connection.execute(text("delete from audit.validation where gate = 'marts'"))
    with pytest.raises(NightRefusedError, match="marts gate has not judged"):
        publish(pipeline, a_night(1))


def test_a_run_that_another_has_overtaken_is_refused(pipeline):
    judged(pipeline, a_night(1, "old"))
    judged(pipeline, a_night(1, "new"))
    with pytest.raises(NightRefusedError, match=r"run new-1 .* goes on alone"):
        publish(pipeline, a_night(1, "old"))
    publish(pipeline, a_night(1, "new"))


def test_rows_of_another_authority_are_refused(pipeline):
    judged(pipeline, a_night(1))
    with pipeline.begin() as connection:
        connection.execute(text("update candidate_e10000030.sample_value set authority_code = null"))
    with pytest.raises(BuildError, match="1 rows of another authority"):
        publish(pipeline, a_night(1))


def test_a_contract_that_was_not_deployed_is_refused(pipeline):
    judged(pipeline, a_night(1))
    wider = with_column(KPI, MartColumn("unit", "text", "The unit."))
    with pytest.raises(ConfigurationError, match="lacks unit: run `care-reviews deploy`"):
        publication.publish(a_night(1), pipeline, (wider, REVIEW))


def test_a_candidate_without_a_column_of_its_contract_is_refused(pipeline, owner):
    wider = with_column(KPI, MartColumn("unit", "text", "The unit."))
    deploy(owner, [AUTHORITY], (wider, REVIEW))
    judged(pipeline, a_night(1))
    with pytest.raises(BuildError, match="lacks unit: build the night again"):
        publication.publish(a_night(1), pipeline, (wider, REVIEW))


def test_each_authority_stands_on_its_own_publication(owner, pipeline):
    deploy(owner, [AUTHORITY, "E09000001"], MARTS)
    for day, authority, value in ((1, AUTHORITY, 950), (2, "E09000001", 40), (3, AUTHORITY, 951)):
        judged(
            pipeline, a_night(day, authority=authority), [("m", "2020-02-29", value)], invocation=f"dbt-{day}"
        )
        publish(pipeline, a_night(day, authority=authority))
    seen = rows(
        pipeline, "select authority_code, value::int, as_known::text from published.sample_value order by 1"
    )
    assert seen == [("E09000001", 40, "2020-03-02"), (AUTHORITY, 951, "2020-03-03")]
    current = publication.current(pipeline, "E09000001")
    assert current is not None
    ledger.withdraw(pipeline, current.publication_id, "wrong month", "chair", may_be_last=True)
    assert rows(pipeline, "select authority_code, value::int from published.sample_value") == [
        (AUTHORITY, 951)
    ]


def test_withdrawing_makes_the_one_before_current(pipeline, fresh_warehouse):
    for day, value in ((1, 950), (2, 951)):
        judged(pipeline, a_night(day), [("m", "2020-02-29", value)], invocation=f"dbt-{day}")
        publish(pipeline, a_night(day))
    first, second = ledger.publications(pipeline)
    current = ledger.withdraw(pipeline, second.publication_id, " wrong figures ", "chair")
    assert current == first
    reader = fresh_warehouse.engine_as("bi_reader")
    assert [row[2] for row in values(reader)] == [950]
    assert [row[2] for row in values(reader, "published.sample_value_as_known")] == [950]
    row = ledger.publications(pipeline)[1]
    assert (row.withdrawn_by, row.reason, row.withdrawn_at is not None) == ("chair", "wrong figures", True)
    with pytest.raises(NightRefusedError, match="withdrawn: run the night again"):
        publish(pipeline, a_night(2))
    # The next night starts from what was published last, withdrawn or not, and is right again.
    judged(pipeline, a_night(3), [("m", "2020-02-29", 952)], invocation="dbt-3")
    publish(pipeline, a_night(3))
    assert [row[2:] for row in values(reader, "published.sample_value_as_known")] == [
        (950, "2020-03-01"),
        (952, "2020-03-03"),
    ]
    ledger.withdraw(pipeline, 3, "again", "chair")
    assert ledger.withdraw(pipeline, 1, "all of it", "chair", may_be_last=True) is None
    assert values(reader) == []


def test_a_withdrawal_is_refused_with_its_reason(pipeline):
    with pytest.raises(PublicationRefusedError, match="no publication 1"):
        ledger.withdraw(pipeline, 1, "wrong", "chair")
    judged(pipeline, a_night(1))
    publish(pipeline, a_night(1))
    for reason, by in (("  ", "chair"), ("wrong", "")):
        with pytest.raises(PublicationRefusedError, match="needs a reason"):
            ledger.withdraw(pipeline, 1, reason, by)
    ledger.withdraw(pipeline, 1, "wrong", "chair", may_be_last=True)
    with pytest.raises(PublicationRefusedError, match="was withdrawn before"):
        ledger.withdraw(pipeline, 1, "wrong", "chair")
