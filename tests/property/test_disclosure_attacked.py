"""Random small councils, two publications each: an integer solver finds out nothing that is hidden."""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from care_reviews.disclosure.cells import Cell, CellKey
from care_reviews.disclosure.picture import Picture
from care_reviews.disclosure.suppression import suppressed
from care_reviews.settings import PROJECT_ROOT
from tests.attack.attacker import Attack
from tests.attack.secrets import remembered_from, secrets_of, shown_of
from tests.attack.sums import months_between

CATEGORIES = {"sex": ["Male", "Female", "Indeterminate"], "ethnicity": ["White", "Mixed", "Asian", "Black"]}
SHARES = ("participation", "participation_not", "participation_not_recorded")
Facts = list[dict[str, object]]


def facts(seed: int) -> Facts:
    """Reviews with their month, the child's circumstances and participation; few of some kinds."""
    dice = random.Random(seed)
    months = months_between(dt.date(2018, 4, 1), dt.date(2020, 3, 31))
    return [
        {
            "month": dice.choice(months),
            "sex": dice.choices(CATEGORIES["sex"], (50, 45, 1))[0],
            "ethnicity": dice.choices(CATEGORIES["ethnicity"], (70, 15, 4, 4))[0],
            "took_part": dice.choices(SHARES, (90, 7, 2))[0],
        }
        for _ in range(dice.choice((40, 150, 600)))
    ]


def recorded_late(found: Facts, seed: int) -> Facts:
    """The same reviews but for some that were corrected, and a few more."""
    dice = random.Random(seed + 1000)
    changed = [{**each, "took_part": SHARES[0]} if dice.random() < 0.02 else each for each in found]
    return changed + facts(seed + 2000)[: dice.choice((1, 5))]


def spans() -> Iterator[tuple[str, dt.date, dt.date]]:
    months = months_between(dt.date(2018, 4, 1), dt.date(2020, 4, 1))
    for number, start in enumerate(months[:-1]):
        ends = {1: "month", 3: "quarter", 12: "rolling_12_months"}
        for length, grain in ends.items():
            if number + length < len(months) and (grain != "quarter" or number % 3 == 0):
                end = months[number + length] - dt.timedelta(days=1)
                yield grain, start, end
                if grain == "rolling_12_months" and start.month == 4:
                    yield "financial_year", start, end


def cells_of(found: Facts) -> dict[CellKey, Cell]:
    cells = {}
    for grain, start, end in spans():
        of_span = [each for each in found if start <= each["month"] <= end]  # type: ignore[operator]
        rows = {("all", "all"): of_span}
        if grain == "financial_year":
            for breakdown, categories in CATEGORIES.items():
                for category in categories:
                    rows[breakdown, category] = [each for each in of_span if each[breakdown] == category]
        for by, of_row in rows.items():
            key = CellKey("reviews_held", grain, start, end, *by)
            cells[key] = Cell(len(of_row), None, "reviews")
            for measure in SHARES:
                counted = sum(each["took_part"] == measure for each in of_row)
                cells[key._replace(measure_id=measure)] = Cell(counted, len(of_row), "percent")
    return cells


@cache
def publications(seed: int) -> list[tuple[dict[CellKey, Cell], set[CellKey]]]:
    first = facts(seed)
    one, two = cells_of(first), cells_of(recorded_late(first, seed))
    hidden = set(suppressed(one))
    return [(one, hidden), (two, set(suppressed(two, Picture(one, hidden))))]


@pytest.mark.parametrize("seed", range(5))
def test_nothing_hidden_is_found_out(seed: int) -> None:
    for cells, hidden in publications(seed):
        assert hidden
        assert len(hidden) < len(cells)
        assert Attack(shown_of(cells, hidden)).found_out(secrets_of(cells, hidden)) == {}


@pytest.mark.parametrize("seed", range(5))
def test_nor_by_who_remembers_the_publication_before(seed: int) -> None:
    earlier, (cells, hidden) = publications(seed)
    remembered = remembered_from(*earlier, cells) & hidden
    secrets = {term for term in secrets_of(cells, hidden) if term[1] not in remembered}
    assert Attack(shown_of(cells, hidden, remembered)).found_out(secrets) == {}


@pytest.mark.parametrize("seed", range(5))
def test_a_night_that_changed_nothing_hides_the_same(seed: int) -> None:
    for cells, hidden in publications(seed):
        again = suppressed(cells, Picture(cells, hidden))
        assert set(again) == hidden
        assert "told" not in again.values()


def one_alone(hidden: set[CellKey], cells: dict[CellKey, Cell]) -> set[CellKey]:
    """Of the reviews held by girls and boys in all years one number alone."""
    held = {key for key in hidden if key.measure_id == "reviews_held"}
    by_sex = sorted(key for key in cells if key.breakdown == "sex" and key.measure_id == "reviews_held")
    return hidden - held | {next(key for key in by_sex if cells[key].numerator)}


def only_small(hidden: set[CellKey], cells: dict[CellKey, Cell]) -> set[CellKey]:
    return {key for key in hidden if 0 < (cells[key].numerator or 0) < 6}


@pytest.mark.parametrize("spoil", [one_alone, only_small])
def test_the_attack_finds_what_is_hidden_badly(
    spoil: Callable[[set[CellKey], dict[CellKey, Cell]], set[CellKey]],
) -> None:
    cells, hidden = publications(1)[0]
    badly = spoil(hidden, cells)
    found = Attack(shown_of(cells, badly)).found_out(secrets_of(cells, badly))
    assert found
    values = {("n", key): cell.numerator for key, cell in cells.items()}
    assert all(values[term] == value for term, value in found.items() if term[0] == "n")


HIDDEN = (
    "from tests.property.test_disclosure_attacked import cells_of, facts; "
    "from care_reviews.disclosure.suppression import suppressed; "
    "print(sorted(map(str, suppressed(dict(reversed(cells_of(facts(2)).items()))))))"
)


def test_the_same_cells_are_hidden_in_every_process() -> None:
    """Python orders a set differently in each; what is hidden may not follow, nor the order of the cells."""
    hidden = {
        subprocess.run(
            [sys.executable, "-c", HIDDEN],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=PROJECT_ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert hidden == {f"{sorted(map(str, suppressed(cells_of(facts(2)))))}\n"}
