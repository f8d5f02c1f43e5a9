"""A reader of both nights of the demonstration finds out no number that is hidden."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pytest

from care_reviews import connections
from care_reviews.disclosure.picture import Picture
from care_reviews.disclosure.suppression import suppressed
from tests.attack.publications import Publication, as_shown, found_out, secrets_beside

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200), pytest.mark.xdist_group("demonstration")]

AUTHORITY = "E10000030"
NIGHTS = (dt.date(2020, 3, 31), dt.date(2020, 4, 30))


@pytest.fixture(scope="module")
def publications(demonstration: Any) -> Iterator[list[Publication]]:
    engine = connections.make_engine(connections.role_url("analyst", connections.admin_url()))
    with engine.connect() as connection:
        yield [as_shown(connection, AUTHORITY, day) for day in NIGHTS]
    engine.dispose()


@pytest.mark.parametrize(
    "which", [0, 1], ids=["first remembering the second", "second remembering the first"]
)
def test_nothing_hidden_is_found_out(publications: list[Publication], which: int) -> None:
    """Every secret of a whole, and some of the thousands of categories."""
    publication, other = publications[which], publications[1 - which]
    secrets = secrets_beside(publication, other)
    whole = {term for term in secrets if term[1].breakdown == "all"}
    assert len(whole) > 500
    drawn = set(random.Random(1).sample(sorted(secrets - whole), 100))
    assert found_out(publication, other, whole | drawn) == {}


@pytest.mark.parametrize("which", [0, 1])
def test_a_night_that_changes_nothing_hides_the_same(publications: list[Publication], which: int) -> None:
    cells, hidden = publications[which]
    again = suppressed(cells, Picture(cells, hidden))
    assert (set(again), "told" in again.values()) == (hidden, False)


def test_the_attack_finds_a_month_that_its_quarter_tells(publications: list[Publication]) -> None:
    """The months and the quarter of a measure of which the first month alone is hidden."""
    first, second = publications
    months = [
        key
        for key in first.hidden
        if key.measure_id == "alerts_raised_concluded" and key.period_grain == "month"
    ]
    april = min(key for key in months if first.cells[key].numerator)
    quarter = {key for key in first.hidden if key.measure_id == april.measure_id and key.breakdown == "all"}
    badly = Publication(first.cells, first.hidden - quarter | {april})
    assert found_out(badly, second, {("n", april)}) == {("n", april): first.cells[april].numerator}
