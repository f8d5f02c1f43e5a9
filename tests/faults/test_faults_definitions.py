"""A target and a definition that change between two nights: what was said of earlier periods stays said."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from care_reviews import dbt
from care_reviews.settings import get_settings
from tests.conftest import Server
from tests.faults.small_council import FIRST, LATER, Council, from_step, run
from tests.undisturbed import Undisturbed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

REDEFINED, WITH_A_TARGET = "review_timeliness_children", "child_spoken_to_before"
# Around the end of January: that month is judged by the new definition, and by the old target.
LAST_DAY_OF_OLD = dt.date(2020, 1, 30)
FIRST_DAY_OF_TARGET = dt.date(2020, 2, 1)
JANUARY, FEBRUARY = dt.date(2020, 1, 31), dt.date(2020, 2, 29)
EASY = Decimal(1)


def with_changed_seeds(project: Path) -> Path:
    """A copy of the project with a second definition of one measure, and a target of the council's own for
    another.
    """
    shutil.copytree(dbt.PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    path = project / "seeds" / "measure_definition.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    (old,) = (row for row in rows if row["measure_id"] == REDEFINED)
    new = old | {
        "description": "Said otherwise",
        "target": str(EASY),
        "valid_from": str(LAST_DAY_OF_OLD + dt.timedelta(days=1)),
    }
    old["valid_to"] = str(LAST_DAY_OF_OLD)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, old.keys())
        writer.writeheader()
        writer.writerows([*rows, new])
    with (project / "seeds" / "site_target.csv").open("a", encoding="utf-8") as file:
        file.write(f"{Council.authority},{WITH_A_TARGET},{EASY},,{FIRST_DAY_OF_TARGET}\n")
    return project


@pytest.fixture(scope="module")
def council(
    server: Server, undisturbed: Undisturbed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Council]:
    """A council after its later night, which was built from the changed seeds."""
    council = Council.copied(server, undisturbed.source, undisturbed.before["build"])
    with pytest.MonkeyPatch.context() as patch:
        council.connect(patch)
        patch.setattr(dbt, "PROJECT", with_changed_seeds(tmp_path_factory.mktemp("changed") / "dbt_project"))
        run(council.night(LATER), *from_step("build"))
    get_settings.cache_clear()
    yield council
    council.close()


def trend(council: Council, measure_id: str, night: dt.date) -> dict[dt.date, dict[str, Any]]:
    rows = council.rows(
        "select period_end, target, assurance, lower_limit, upper_limit from published.kpi_trend_as_known "
        "where measure_id = :measure_id and as_known = :night",
        measure_id=measure_id,
        night=night,
    )
    return {row["period_end"]: row for row in rows}


def judged(month: dict[str, Any], target: Decimal) -> str:
    """What the limits say of a target that is better exceeded."""
    if month["lower_limit"] >= target:
        return "will"
    return "will_not" if month["upper_limit"] < target else "may_or_may_not"


def test_earlier_months_are_judged_by_what_held_then(council: Council) -> None:
    redefined, with_target = trend(council, REDEFINED, LATER), trend(council, WITH_A_TARGET, LATER)
    assert {redefined[day]["target"] for day in redefined if day <= LAST_DAY_OF_OLD} == {Decimal(95)}
    assert redefined[JANUARY]["target"] == EASY
    # Its month ends count from 1 April: they have no limits, whatever the target.
    assert {month["assurance"] for month in redefined.values()} == {None}
    assert (with_target[JANUARY]["target"], with_target[JANUARY]["assurance"]) == (None, None)
    assert with_target[FEBRUARY]["target"] == EASY
    assert with_target[FEBRUARY]["assurance"] == judged(with_target[FEBRUARY], EASY) == "will"


def test_an_earlier_publication_says_what_it_said(council: Council) -> None:
    assert {row["target"] for row in trend(council, REDEFINED, FIRST).values()} == {Decimal(95)}
    assert {row["target"] for row in trend(council, WITH_A_TARGET, FIRST).values()} == {None}
    statement = (
        "select valid_from, valid_to, target, description = 'Said otherwise' as is_new "
        "from published.kpi_definition_as_known where measure_id = :id and as_known = :night "
        "order by valid_from"
    )
    since = dt.date(2011, 4, 1)

    def said(measure_id: str, night: dt.date) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for row in council.rows(statement, id=measure_id, night=night)]

    assert said(REDEFINED, FIRST) == [(since, None, Decimal(95), False)]
    assert said(REDEFINED, LATER) == [
        (since, LAST_DAY_OF_OLD, Decimal(95), False),
        (JANUARY, None, EASY, True),
    ]
    assert said(WITH_A_TARGET, FIRST) == [(since, None, None, False)]
    assert said(WITH_A_TARGET, LATER) == [
        (since, JANUARY, None, False),
        (FIRST_DAY_OF_TARGET, None, EASY, False),
    ]
