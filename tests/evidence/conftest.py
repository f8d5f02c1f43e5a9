"""A warehouse with nights of every kind, on the small council: published, corrected, withdrawn, blocked and
discarded. Tests work on copies of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from care_reviews import connections, ledger
from care_reviews.demo import fill_source
from care_reviews.discarding import discard
from care_reviews.evidence import records
from care_reviews.lock import current_extract
from care_reviews.night import Night
from care_reviews.settings import get_settings
from tests.conftest import AUTHORITY, Server
from tests.evidence.copies import Copy, copy_of
from tests.faults.small_council import FIRST, LATER, PROFILE, Council, engine, run
from tests.nights import judge

CORRECTED, BLOCKED = dt.date(2020, 5, 1), dt.date(2020, 5, 2)
CORRECTIONS = (
    "update {s}.fact_meetings set actual_dttm = actual_dttm + interval '9 days' "
    "where fact_meeting_id % 3 = 0",
    "delete from {s}.fact_cla_placement where fact_cla_placement_id % 11 = 0",
)
# What gates leave beside their results.
LEFT = (
    "insert into audit.finding_count select max(validation_id), 'expectation 1', '1', 'a team', 'warn', "
    "'All teams', 100, 9, 1, 0",
    "insert into audit.reconciliation select max(validation_id), 'reviews_held', 'fact_cla_review', "
    "'set aside', 'outside care', null, 7, null",
)
MORE_CORRECTIONS = ("update {s}.dim_person set gender_main_code = 'F' where dim_person_id % 2 = 0",)


@dataclass
class Audited:
    """The database to copy from, and the file of its heads. Publications 1 to 3 were made; 2 was withdrawn
    before 3, 1 after it. The fourth night was blocked, and discarded.
    """

    database: str
    heads: Path


@pytest.fixture(scope="session")
def audited(server: Server, deployed_template: str, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    council = Council.copied(server, None, deployed_template)
    pipeline = engine(connections.role_url("pipeline", council.warehouse))
    with pytest.MonkeyPatch.context() as patch:
        council.connect(patch)
        for day in (FIRST, LATER):
            fill_source(engine(council.source), profile=PROFILE, seed=1, until=day)
            run_and_publish(council.night(day), pipeline)
        ledger.withdraw(pipeline, 2, "wrong dates", "a manager")
        council.months = 14
        council.connect(patch)
        correct(council, CORRECTIONS)
        run_and_publish(council.night(CORRECTED), pipeline)
        ledger.withdraw(pipeline, 1, "found wrong later", "a manager")
        correct(council, MORE_CORRECTIONS)
        block(council.night(BLOCKED), pipeline)
        discard(pipeline, AUTHORITY, BLOCKED, "the copy was half refreshed", "an operator")
    get_settings.cache_clear()
    heads = tmp_path_factory.mktemp("elsewhere") / "heads.txt"
    rows = council.rows("select evidence_id, hash from audit.evidence order by evidence_id")
    heads.write_text("".join(f"{row['evidence_id']} {row['hash']}\n" for row in rows))
    return Audited(str(council.warehouse.database), heads)


def run_and_publish(tonight: Night, pipeline: Engine) -> None:
    """A night whose verdicts are given: judging takes as long as all the rest."""
    run(tonight, "extract", "land", "build")
    with pipeline.begin() as connection:
        judge_by_hand(connection, tonight, "passed")
    run(tonight, "publish")


def block(tonight: Night, pipeline: Engine) -> None:
    run(tonight, "extract", "land")
    with pipeline.begin() as connection:
        judge_by_hand(connection, tonight, "blocked")
        records.blocked(connection, current_extract(connection, tonight))


def judge_by_hand(connection: Connection, tonight: Night, source: str) -> None:
    extract_id = current_extract(connection, tonight).extract_id
    for gate, verdict in (("source", source), ("care", "warned"), ("marts", "warned")):
        judge(connection, tonight, extract_id, gate, verdict)
        connection.execute(
            text(
                "insert into audit.validation_result select max(validation_id), n, 'expectation ' || n, "
                "'fct_review', null, 'warn', n > 1, 100, 100 - n, 'words' from audit.validation, "
                "generate_series(1, 10) as n group by n"
            )
        )
        for lines in LEFT:
            connection.execute(text(lines + " from audit.validation"))


def correct(council: Council, statements: tuple[str, ...]) -> None:
    with engine(council.source).begin() as connection:
        for statement in statements:
            assert connection.execute(text(statement.format(s="child_social"))).rowcount > 0


@pytest.fixture
def copy(server: Server, audited: Audited) -> Iterator[Copy]:
    """A copy for one test."""
    with copy_of(server, audited.database) as made:
        yield made
