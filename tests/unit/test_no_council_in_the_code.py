"""No code knows a council: its name, code and words stand in seeds, settings and demo profiles alone."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from care_reviews.demo.profiles import load_profile, profile_names
from care_reviews.settings import PROJECT_ROOT

SEEDS = PROJECT_ROOT / "dbt_project" / "seeds"
CODE = (
    "include",
    "dags",
    "expectations",
    "bin",
    "dbt_project/models",
    "dbt_project/macros",
    "dbt_project/tests",
)
ENDINGS = {".py", ".sql", ".yml", ".yaml", ".css", ".sh", ""}
# What a council is made of in the demonstration, and the report that it is compared with.
OF_COUNCILS = ("include/care_reviews/demo/profiles", "include/care_reviews/demo/report_2019_20.yaml")
WORDS = {
    "site_alert_category": ("alert_category", "category"),
    "site_alert_stage": ("stage_name",),
    "site_answer_text": ("answer_text",),
    "site_chair_job_title": ("job_title",),
    "site_form_map": ("template", "answer_no"),
    "site_legal_status_text": ("legal_status_text",),
    "site_participation_text": ("participation_text",),
    "site_team": ("team", "quadrant"),
}
# Words that forms and code share: they name parts of an alert.
PLAIN = {"Outcome", "Category", "Agency"}


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return [*csv.DictReader(file)]


def code() -> dict[str, str]:
    """The text of each file of code, by its path; the data of a unit test is no code."""
    return {
        name: path.read_text(encoding="utf-8")
        for folder in CODE
        for path in sorted((PROJECT_ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in ENDINGS and "__pycache__" not in path.parts
        if not (name := path.relative_to(PROJECT_ROOT).as_posix()).startswith(OF_COUNCILS)
        and not name.endswith("_unit_tests.yml")
    } | {"dbt_project.yml": (PROJECT_ROOT / "dbt_project" / "dbt_project.yml").read_text()}


def pattern_of(words: str) -> re.Pattern[str]:
    """Several words as they are written, and in any case as a text of its own; a single one, which may be
    anybody's, as such a text alone.
    """
    exact = re.escape(words).replace(r"\ ", r"\s+")
    as_text = rf"""["']{exact}["']"""
    return re.compile(rf"\b{exact}\b|(?i:{as_text})" if " " in words else as_text)


def site_words() -> set[str]:
    """All that councils name, but for what the whole country says."""
    named = {row[column] for name, columns in WORDS.items() for row in seed(name) for column in columns}
    common = {row["category"] for row in seed("breakdown_category")}
    common |= {row["description"].lower() for row in seed("legal_status")}
    return {words for words in named if words not in common and words.lower() not in common} - PLAIN


def test_the_code_is_all_there() -> None:
    found = code()
    assert len(found) > 250
    assert {Path(name).suffix for name in found} >= {".py", ".sql", ".yml"}
    assert "include/care_reviews/demo/alert_rows.py" in found


@pytest.mark.parametrize("profile", profile_names())
def test_no_code_names_a_council(profile: str) -> None:
    authority = load_profile(profile).authority
    for words in (authority.code, authority.name.split(" ")[0], profile):
        found = [name for name, text in code().items() if re.search(words, text, re.IGNORECASE)]
        assert not found, words


def test_no_code_says_what_councils_name() -> None:
    files = code()
    patterns = {words: pattern_of(words) for words in site_words()}
    assert {"North East", "Harbour", "Drift or delay", "Case drift", "Team Manager", "CAFCASS"} <= {*patterns}
    found = {
        words: names
        for words, pattern in patterns.items()
        if (names := [name for name, text in files.items() if pattern.search(text)])
    }
    assert not found


def test_what_would_be_found() -> None:
    assert pattern_of("North East").search("in ('north\n east')")
    assert pattern_of("North East").search("# the North East")
    assert not pattern_of("North East").search("to the north east")
    assert pattern_of("Health").search("agency = 'Health'")
    assert not pattern_of("Health").search("Health of children")
