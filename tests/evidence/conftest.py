"""A warehouse with nights of every kind, on the small council: published, corrected months later and released
as a return, withdrawn, blocked and discarded. Tests work on copies of it.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from care_reviews import connections, ledger, night
from care_reviews.demo import fill_source
from care_reviews.discarding import discard
from care_reviews.evidence import records
from care_reviews.lock import current_extract
from care_reviews.night import Night
from care_reviews.release import RELEASE
from care_reviews.settings import get_settings
from tests.conftest import AUTHORITY, Server
from tests.evidence.copies import Copy, copy_of
from tests.faults.small_council import FIRST, LATER, PROFILE, Council, engine, run
from tests.nights import judge

CORRECTED, BLOCKED = dt.date(2020, 8, 31), dt.date(2020, 9, 1)
CORRECTIONS = (
    "update {s}.fact_meetings set actual_dttm = actual_dttm + interval '9 days' "
    "where fact_meeting_id % 3 = 0",
    "delete from {s}.fact_cla_placement where fact_cla_placement_id % 11 = 0",
    "delete from {s}.fact_cla_review where fact_cla_review_id % 13 = 0",
)
RETURN, APPROVER = "the annual report", "m.manager"
# What gates leave beside their results.
LEFT = (
    "insert into audit.finding_count select max(validation_id), 'expectation 1', '1', 'a team', 'warn', "
    "'All teams', 100, 9, 1, 0",
    "insert into audit.reconciliation select max(validation_id), 'reviews_held', 'fact_cla_review', "
    "'set aside', 'outside care', null, 7, null",
    "insert into audit.validation_json select max(validation_id), 'a suite', "
    """'{"results": [{"result": {"element_count": 100, "unexpected_count": 9}}]}'""",
)
FINDING = text(
    "insert into audit.finding (authority_code, expectation, rule, severity, owner, table_name, record_key, "
    "team, first_seen, last_seen) values (:code, 'expectation 1', '1', 'warn', 'a team', 'fact_cla', :key, "
    "'Not known', :night - 1, :night)"
)
MORE_CORRECTIONS = ("update {s}.dim_person set gender_main_code = 'F' where dim_person_id % 2 = 0",)


@dataclass
class Audited:
    """The database to copy from, the file of its heads, and the folder of its nights' pages. Publications 1
    to 3 were made; 2 was withdrawn before 3, 1 after it; 3 is a return. The fourth night was blocked, and
    discarded.
    """

    database: str
    heads: Path
    site: Path


@pytest.fixture(scope="session")
def audited(server: Server, deployed_template: str, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    council = Council.copied(server, None, deployed_template)
    pipeline = engine(connections.role_url("pipeline", council.warehouse))
    pages = server.home / "site" / AUTHORITY.lower()
    shutil.rmtree(pages, ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        council.connect(patch)
        for day in (FIRST, LATER):
            fill_source(engine(council.source), profile=PROFILE, seed=1, until=day)
            run_and_publish(council.night(day), pipeline)
        ledger.withdraw(pipeline, 2, "wrong dates", "a manager")
        council.months = 14
        patch.setenv("CARE_REVIEWS_APPROVERS", APPROVER)
        council.connect(patch)
        fill_source(engine(council.source), profile=PROFILE, seed=1, until=CORRECTED)
        correct(council, CORRECTIONS)
        run_and_publish(council.night(CORRECTED), pipeline, RETURN)
        ledger.withdraw(pipeline, 1, "found wrong later", "a manager")
        correct(council, MORE_CORRECTIONS)
        block(council.night(BLOCKED), pipeline)
        discard(pipeline, AUTHORITY, BLOCKED, "the copy was half refreshed", "an operator")
    get_settings.cache_clear()
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(pages, elsewhere / "site" / pages.name)
    heads = elsewhere / "heads.txt"
    rows = council.rows("select evidence_id, hash from audit.evidence order by evidence_id")
    heads.write_text("".join(f"{row['evidence_id']} {row['hash']}\n" for row in rows))
    return Audited(str(council.warehouse.database), heads, elsewhere / "site")


def run_and_publish(tonight: Night, pipeline: Engine, return_name: str | None = None) -> None:
    """A night whose verdicts are given: judging takes as long as all the rest. A return is released."""
    run(tonight, "extract", "land", "build")
    with pipeline.begin() as connection:
        judge_by_hand(connection, tonight, "passed")
    night.publish(tonight, return_name, released() if return_name else None)


def released() -> dict[str, object]:
    """The answer of an approver who releases, as Airflow gives it."""
    return {
        "chosen_options": [RELEASE],
        "responded_by_user": {"id": APPROVER},
        "responded_at": dt.datetime.now(dt.UTC),
        "params_input": {"comment": "compared with the year before"},
    }


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
            connection.execute(text(lines.replace(":", "\\:") + " from audit.validation"))
    for key in ("1", "2"):
        words = {"code": AUTHORITY, "key": f"{key} {tonight.as_known}", "night": tonight.as_known}
        connection.execute(FINDING, words)


def correct(council: Council, statements: tuple[str, ...]) -> None:
    with engine(council.source).begin() as connection:
        for statement in statements:
            assert connection.execute(text(statement.format(s="child_social"))).rowcount > 0


@pytest.fixture
def copy(server: Server, audited: Audited) -> Iterator[Copy]:
    """A copy for one test."""
    with copy_of(server, audited.database) as made:
        yield made
