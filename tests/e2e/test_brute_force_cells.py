"""Other seeds, and the profile of the report: every cell of their nights is that of the plain calculation."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from care_reviews.dbt import PROJECT
from care_reviews.demo import fill_source
from care_reviews.settings import get_settings
from care_reviews.warehouse import deploy
from tests.attack.publications import as_shown, found_out, secrets_beside
from tests.brute_force import cell as brute_force
from tests.brute_force.comparisons import comparisons
from tests.brute_force.measures import cells
from tests.brute_force.revisions import revisions
from tests.brute_force.source_rows import Source, read_source
from tests.brute_force.trends import trends
from tests.brute_force.unconfigured import Unconfigured
from tests.brute_force.worklists import Rows, worklists
from tests.comparison_rows import percentages, read_comparisons
from tests.conftest import AUTHORITY, Server
from tests.faults.cells import (
    SHOWN,
    UNSUPPRESSED,
    assert_cells,
    assert_shown,
    published_cells,
    seen_by_readers,
)
from tests.faults.small_council import FIRST, LATER, Council, engine, run
from tests.revision_rows import read_revisions
from tests.trend_rows import read_trends
from tests.worklist_rows import read_worklist, under_pseudonyms

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200), pytest.mark.xdist_group("cells")]

# Profile, seed, months published (26 have a year whose limits were set by the one before), whose
# nights they are (one of the councils has filled in nothing at all), and which: one council lives two.
NOBODY = "E06000099"
COUNCILS = [
    ("small_council", 2, 26, AUTHORITY, (FIRST, LATER)),
    ("small_council", 2020, 13, NOBODY, (LATER,)),
    ("surrey_2019_20", 7, 13, AUTHORITY, (LATER,)),
]


@dataclass
class Nights:
    """A council after its nights, and by night the cells and the working lists that the plain calculation
    comes to.
    """

    council: Council
    expected: dict[dt.date, dict[brute_force.CellKey, brute_force.Cell]]
    listed: dict[dt.date, dict[str, Rows]]


@pytest.fixture(scope="module", params=COUNCILS, ids=lambda council: f"{council[0]}-{council[1]}")
def nights(request: pytest.FixtureRequest, server: Server, deployed_template: str) -> Iterator[Nights]:
    profile, seed, months, authority, days = request.param
    site = Unconfigured() if authority == NOBODY else None
    council = Council.copied(server, None, deployed_template, authority)
    council.months = months
    expected, listed = {}, {}
    earlier: dict[dt.date, Source] = {}
    with pytest.MonkeyPatch.context() as patch:
        council.connect(patch)
        deploy(engine(council.warehouse), [AUTHORITY, authority])
        for day in days:
            fill_source(engine(council.source), profile=profile, seed=seed, until=day)
            source = read_source(engine(council.source))
            source = site.reworded(source) if site else source
            expected[day] = cells(source, day, months, site=site, earlier=earlier)
            listed[day], earlier[day] = worklists(source, day, months), source
            run(council.night(day))
    get_settings.cache_clear()
    yield Nights(council, expected, listed)
    council.close()


def test_every_published_cell_is_that_of_the_plain_calculation(nights: Nights) -> None:
    assert_cells(published_cells(nights.council), nights.expected[LATER])
    assert_shown(published_cells(nights.council, view=SHOWN), nights.expected[LATER])
    for view, holds in ((UNSUPPRESSED, assert_cells), (SHOWN, assert_shown)):
        for day, expected in nights.expected.items():
            holds(published_cells(nights.council, view=f"{view}_as_known", as_known=day), expected)


def test_working_lists_are_those_of_the_plain_calculation(nights: Nights) -> None:
    authority = nights.council.authority
    with nights.council.writing_warehouse() as connection:
        for day, lists in nights.listed.items():
            for name, rows in lists.items():
                shown = read_worklist(connection, name, authority, day)
                expected = under_pseudonyms(rows, authority)
                assert shown == expected, f"{name} of {day}: {(shown - expected).total()} rows too many"
                assert shown


def test_what_is_made_of_the_cells_is_that_of_the_plain_calculation(nights: Nights) -> None:
    """Trends and revisions of the whole, comparisons of every category too."""
    council, seen = nights.council, {}
    with council.writing_warehouse() as connection:
        shares = percentages(connection, "published.kpi_definition")
        for day, computed in nights.expected.items():
            of_night = f"as_known = '{day}'"
            shown = published_cells(council, view=f"{SHOWN}_as_known", as_known=day)
            seen[day] = seen_by_readers(shown, computed)
            assert read_trends(connection, "published.kpi_trend_as_known", of_night) == trends(seen[day])
            unsuppressed = "analysis.kpi_trend_unsuppressed_as_known"
            assert read_trends(connection, unsuppressed, of_night) == trends(computed)
            compared = read_comparisons(connection, "published.kpi_comparison_as_known", of_night)
            assert compared == comparisons(seen[day], shares)
        told = read_revisions(connection, council.authority)
    assert told == revisions(seen)
    assert any(len(each) > 1 for each in told.values()) is (len(seen) > 1)


@pytest.mark.parametrize("nights", COUNCILS[:1], indirect=True, ids=["small_council-2"])
def test_no_solver_finds_out_what_is_suppressed(nights: Nights) -> None:
    """Each publication is attacked with what the other one showed of the same values; of the thousands of
    secrets some are drawn. Every one of a whole is asked for in the demonstration.
    """
    council = nights.council
    with council.writing_warehouse() as connection:
        first, later = (as_shown(connection, council.authority, day) for day in (FIRST, LATER))
    for publication, other in ((first, later), (later, first)):
        secrets = secrets_beside(publication, other)
        assert len(secrets) > 1000
        drawn = set(random.Random(1).sample(sorted(secrets), 100))
        assert found_out(publication, other, drawn) == {}


@pytest.mark.parametrize("nights", COUNCILS[1:2], indirect=True, ids=["small_council-2020"])
def test_a_council_that_stands_in_no_seed_publishes_and_is_told_what_is_missing(nights: Nights) -> None:
    council = nights.council
    seeds = [path.read_text() for path in (PROJECT / "seeds").glob("*.csv")]
    assert seeds
    assert not any(NOBODY in rows for rows in seeds)
    warned = council.rows("select distinct expectation from audit.validation_result where not success")
    assert {"expectation": "source.dim_department.has_known_team"} in warned
    rates = council.rows(
        f"select distinct value, symbol from {SHOWN} where measure_id = 'children_rate_per_10k'"
    )
    assert rates == [{"value": None, "symbol": "x"}]
