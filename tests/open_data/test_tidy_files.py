"""The data files of a publication: the screener has nothing to say, and each number is the published one."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from care_reviews.measure_words import group_titles
from care_reviews.open_data import contents
from care_reviews.open_data.picture import Picture
from care_reviews.open_data.places import place_of
from care_reviews.open_data.tidy import category_of, tables, topic_of
from care_reviews.open_data.times import GRAINS, time_of
from tests.open_data.pictures import AUTHORITY, HOSTILE, picture
from tests.open_data.reading import SUFFIXES, pairs, parts_of, rows_of, said_by_csv
from tests.open_data.screener import problems

PLACE = place_of(AUTHORITY)


@pytest.fixture(scope="module")
def published() -> Picture:
    return picture()


@pytest.fixture(scope="module")
def files(published: Picture) -> dict[str, bytes]:
    return contents(published, PLACE)


def test_the_screener_has_nothing_to_say(files: dict[str, bytes]) -> None:
    found = pairs(files)
    assert len(found) > len(group_titles())
    assert {pair.data_name: [*problems(pair)] for pair in found} == {pair.data_name: [] for pair in found}


def test_there_is_a_file_of_each_group_and_kind_of_period(files: dict[str, bytes]) -> None:
    words = {tuple(pair.data_name.split("_")[:2]) for pair in pairs(files)}
    assert {group for group, _ in words} == {*group_titles()}
    assert {word for _, word in words} == {grain.word for grain in GRAINS.values()}
    assert ("workforce", "months") not in words


def test_every_cell_says_what_is_published(published: Picture, files: dict[str, bytes]) -> None:
    said = said_by_csv(files)
    for cell in published.cells:
        time = time_of(cell.period_grain, cell.period_start, cell.period_end)
        key = (cell.period_grain, *time, topic_of(cell.breakdown), category_of(cell))
        has_denominator = published.measures[cell.measure_id].denominator is not None
        for part, value in parts_of(cell, has_denominator).items():
            written = said.pop((f"{cell.measure_id}{SUFFIXES[part]}", *key))
            assert written == value if isinstance(value, str) else Decimal(written) == value
        assert (
            said.pop((f"{cell.measure_id}_provisional", *key))
            == {"final": "0", "provisional": "1"}[cell.status]
        )
    # What is left are categories that a measure is not published for.
    assert {*said.values()} == {"z"}


def test_a_ratio_has_four_columns_and_a_count_has_two(files: dict[str, bytes]) -> None:
    (pair,) = (pair for pair in pairs(files) if pair.data_name.startswith("reviews_financial-years"))
    assert {"reviews_held", "review_timeliness_reviews"} < {*pair.data_header}
    assert {"review_timeliness_reviews_numerator", "review_timeliness_reviews_denominator"} < {
        *pair.data_header
    }
    assert "reviews_held_numerator" not in pair.data_header
    assert {"reviews_held_provisional", "review_timeliness_reviews_provisional"} < {*pair.data_header}
    groups = {row["col_name"]: row["indicator_grouping"] for row in pair.meta}
    assert groups["reviews_held_provisional"] == "Provisional (1) or final (0)"
    assert groups["reviews_held"] == "In the financial year"
    units = {row["col_name"]: (row["indicator_unit"], row["indicator_dp"]) for row in pair.meta}
    assert units["review_timeliness_reviews"] == ("%", "1")
    assert units["review_timeliness_reviews_numerator"] == units["reviews_held"] == ("", "0")


def test_a_suppressed_row_holds_no_number_of_its_measure(published: Picture, files: dict[str, bytes]) -> None:
    said = said_by_csv(files)
    suppressed = [cell for cell in published.cells if cell.symbol == "c"]
    assert suppressed
    for cell in suppressed:
        time = time_of(cell.period_grain, cell.period_start, cell.period_end)
        key = (cell.period_grain, *time, topic_of(cell.breakdown), category_of(cell))
        found = [said.get((f"{cell.measure_id}{suffix}", *key), "c") for suffix in SUFFIXES.values()]
        assert found == ["c", "c", "c"]


def test_the_same_publication_gives_the_same_bytes(published: Picture, files: dict[str, bytes]) -> None:
    shuffled = random.Random(1).sample(published.cells, len(published.cells))
    assert contents(replace(published, cells=tuple(shuffled)), PLACE) == files


def test_files_name_their_publication(files: dict[str, bytes]) -> None:
    said = json.loads(files["publication.json"])
    assert {name: said[name] for name in list(said)[:7]} == {
        "authority_code": AUTHORITY,
        "council": "Surrey County Council (synthetic)",
        "la_name": "Surrey",
        "publication_id": 7,
        "as_known": "2020-04-10",
        "published_at": "2020-04-11T03:04:05+00:00",
        "code_version": "abc",
    }
    assert {*said["symbols"]} == {"c", "z", "x"}
    digests = {each["name"]: (each["bytes"], each["sha256"]) for each in said["files"]}
    assert digests == {
        name: (len(content), hashlib.sha256(content).hexdigest())
        for name, content in files.items()
        if name != "publication.json"
    }
    others = {"publication.json", "dataset_names.csv"}
    assert all("_e10000030_publication-7." in name for name in {*files} - others)


def test_the_manifest_says_which_periods_may_change(files: dict[str, bytes]) -> None:
    said = {each["name"]: each.get("provisional") for each in json.loads(files["publication.json"])["files"]}
    month = said["reviews_months_e10000030_publication-7.csv"]
    assert month == [{"time_period": "2020", "time_identifier": "March"}]
    assert said["dataset_names.csv"] is None


def test_data_sets_have_titles(published: Picture, files: dict[str, bytes]) -> None:
    header, *rows = rows_of(files["dataset_names.csv"])
    assert header == ["file_name", "dataset_name"]
    assert {name for name, _ in rows} == {table.name for table in tables(published, PLACE)}
    assert Counter(title for _, title in rows).most_common(1)[0][1] == 1
    assert [
        name
        for name, title in rows
        if title.startswith("Reviews: in the 12 months to the end of the month, Surrey")
    ] == ["reviews_rolling-12-months_e10000030_publication-7"]


def test_rows_go_by_time_the_whole_first_then_in_the_order_of_categories(files: dict[str, bytes]) -> None:
    (pair,) = (pair for pair in pairs(files) if pair.data_name.startswith("oversight_month-ends"))
    first = [(row["time_identifier"], row["breakdown_topic"], row["breakdown"]) for row in pair.data[:7]]
    assert first == [
        ("December", "Total", "Total"),
        ("December", "Age", "Fourth"),
        ("December", "Age", "Third"),
        ("December", "Age", "Second"),
        ("December", "Age", "First"),
        ("December", "Age", "First, by age_band"),
        ("December", "Ethnicity", "Fourth"),
    ]


def test_no_cell_begins_like_a_formula() -> None:
    hostile = replace(PLACE, la_name="=Surrey", region_name="@South East")
    for name, content in contents(picture(hostile=True), hostile).items():
        if not name.endswith(".csv"):
            continue
        cells = {cell for row in rows_of(content) for cell in row}
        assert not [
            cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", " ", "＝"))
        ]
        if name.startswith("oversight_month-ends") and ".meta" not in name:
            assert {"'=Surrey", "'@South East", "'=1+1", "'-1", "'@SUM(A1)", 'a,"b"'} < cells
    assert len(HOSTILE) > 5
