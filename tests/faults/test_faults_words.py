"""A council that names everything in its own way: one night of it, read by its own site rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from care_reviews.demo import fill_source
from care_reviews.demo.profiles import load_profile
from care_reviews.settings import get_settings
from care_reviews.warehouse import deploy
from tests.brute_force.cell import Cell, CellKey
from tests.brute_force.comparisons import comparisons
from tests.brute_force.estmere import ESTMERE
from tests.brute_force.measures import cells
from tests.brute_force.revisions import revisions
from tests.brute_force.source_rows import Source, read_source
from tests.brute_force.trends import trends
from tests.brute_force.worklists import worklists
from tests.comparison_rows import percentages, read_comparisons
from tests.conftest import AUTHORITY, Server
from tests.faults.cells import SHOWN, assert_cells, assert_shown, published_cells, seen_by_readers
from tests.faults.small_council import LATER, Council, engine, run
from tests.revision_rows import read_revisions
from tests.trend_rows import read_trends
from tests.worklist_rows import read_worklist, under_pseudonyms

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("words")]

PROFILE, SEED = "coastal_council", 3
CODE = load_profile(PROFILE).authority.code
TEMPLATES = (
    "our_child_review_record_v3",
    "resolution_protocol",
    "midway_review_check",
    "practice_learning_review",
)


@pytest.fixture(scope="module")
def source_and_night(server: Server, deployed_template: str) -> Iterator[tuple[Source, Council]]:
    """The council's rows, and its warehouse after one night."""
    council = Council.copied(server, None, deployed_template, CODE)
    with pytest.MonkeyPatch.context() as patch:
        council.connect(patch)
        deploy(engine(council.warehouse), [AUTHORITY, CODE])
        fill_source(engine(council.source), profile=PROFILE, seed=SEED, until=LATER)
        run(council.night(LATER))
        yield read_source(engine(council.source)), council
    get_settings.cache_clear()
    council.close()


@pytest.fixture(scope="module")
def night(source_and_night: tuple[Source, Council]) -> Council:
    return source_and_night[1]


@pytest.fixture(scope="module")
def expected(source_and_night: tuple[Source, Council]) -> dict[CellKey, Cell]:
    source, council = source_and_night
    return cells(source, LATER, council.months, site=ESTMERE)


def test_every_cell_is_that_of_the_plain_calculation(night: Council, expected: dict[CellKey, Cell]) -> None:
    assert_cells(published_cells(night), expected)
    assert_shown(published_cells(night, view=SHOWN), expected)


def test_what_is_made_of_the_cells_is_that_of_the_plain_calculation(
    night: Council, expected: dict[CellKey, Cell]
) -> None:
    seen = seen_by_readers(published_cells(night, view=SHOWN), expected)
    with night.writing_warehouse() as connection:
        assert read_trends(connection, "published.kpi_trend") == trends(seen)
        assert read_trends(connection, "analysis.kpi_trend_unsuppressed") == trends(expected)
        shares = percentages(connection, "published.kpi_definition")
        assert read_comparisons(connection, "published.kpi_comparison") == comparisons(seen, shares)
        assert read_revisions(connection, CODE) == revisions({LATER: seen})


def test_working_lists_are_those_of_the_plain_calculation(
    source_and_night: tuple[Source, Council],
) -> None:
    source, council = source_and_night
    with council.writing_warehouse() as connection:
        for name, rows in worklists(source, LATER, council.months, ESTMERE).items():
            shown = read_worklist(connection, name, CODE, LATER)
            expected = under_pseudonyms(rows, CODE)
            assert shown == expected, f"{name}: {(shown - expected).total()} rows too many"
            assert shown


def test_every_word_of_the_council_says_something(expected: dict[CellKey, Cell]) -> None:
    """None of its forms, texts or teams goes unread, or the comparison above would compare nothing."""
    whole = {key for key, cell in expected.items() if key.breakdown == "all" and cell.numerator}
    assert {key.measure_id for key in whole} == {key.measure_id for key in expected}
    said = {(key.breakdown, key.category) for key, cell in expected.items() if cell.numerator}
    assert {(of, name) for (of, _), name in ESTMERE.names.items()} <= said
    assert {category for of, category in said if of == "participation_code"} == {
        *(f"PN{number}" for number in range(1, 8)),
        "Not recorded",
    }


def test_nothing_of_another_council_is_in_it(night: Council) -> None:
    quadrants = night.rows(
        "select distinct category from analysis.kpi_value_unsuppressed where breakdown = 'quadrant'"
    )
    assert {row["category"] for row in quadrants} == {"Harbour", "Moorland", "Valley", "Not known"}
    assert night.scalar("select count(distinct authority_code) from published.kpi_value") == 1


@pytest.mark.parametrize(
    "rule",
    [
        "source.dim_department.has_known_team",
        "source.dim_department.dept_type_description_known",
        "source.dim_worker.has_chairs",
        "care.legal_statuses.144_share",
        "source.fact_form_answers.answer_known_share",
        "source.fact_meeting_subjects.dim_lookup_participation_code_desc_known_share",
        *(f"source.fact_form_answers.has_{template}" for template in TEMPLATES),
    ],
)
def test_the_gates_know_its_words(night: Council, rule: str) -> None:
    assert night.scalar("select success from audit.validation_result where expectation = :rule", rule=rule)


def test_its_targets_are_its_own_and_each_month_is_judged_by_that_of_its_day(night: Council) -> None:
    trend = night.rows(
        "select period_end, target, assurance from published.kpi_trend "
        "where measure_id = 'review_timeliness_children' order by period_end"
    )
    by_month = {str(row["period_end"]): row["target"] for row in trend}
    assert (by_month["2019-12-31"], by_month["2020-01-31"]) == (Decimal(90), Decimal("92.5"))
    defined = night.rows(
        "select valid_from, valid_to, target from published.kpi_definition "
        "where measure_id = 'review_timeliness_children' order by valid_from"
    )
    assert [(str(row["valid_from"]), str(row["valid_to"]), row["target"]) for row in defined] == [
        ("2011-04-01", "2019-12-31", Decimal(90)),
        ("2020-01-01", "None", Decimal("92.5")),
    ]
