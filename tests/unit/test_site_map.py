"""Which form answers are read: a council's own rows, else everybody's, however the source spells them."""

from __future__ import annotations

from pathlib import Path

import pytest

from care_reviews.errors import ConfigurationError
from care_reviews.source.site_map import FormField, form_fields, normal, spelled

HEADER = "authority_code,template,answer_no,field,type,repeats\n"


@pytest.fixture
def site_map(tmp_path: Path) -> Path:
    path = tmp_path / "site_form_map.csv"
    path.write_text(HEADER + "*,Review,Held,a,date,N\nE1,Meeting,Date,b,date,N\n")
    return path


def test_an_authority_with_rows_of_its_own(site_map: Path) -> None:
    assert form_fields("e1", site_map) == (FormField("Meeting", "Date", "date"),)
    assert form_fields("E2", site_map) == (FormField("Review", "Held", "date"),)


def test_a_map_that_names_nothing(site_map: Path) -> None:
    site_map.write_text(HEADER + "E1,Meeting,Date,b,date,N\n")
    with pytest.raises(ConfigurationError, match="E2"):
        form_fields("E2", site_map)


def test_a_map_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="missing"):
        form_fields("E1", tmp_path / "none.csv")
    (tmp_path / "bad.csv").write_text("authority_code,template\nE1,x\n")
    with pytest.raises(ConfigurationError, match="answer_no"):
        form_fields("E1", tmp_path / "bad.csv")


@pytest.mark.parametrize("authority_code", ["E10000030", "E06999002"])
def test_the_map_of_the_project_names_no_answer_twice(authority_code: str) -> None:
    fields = form_fields(authority_code)
    places = [(normal(field.template), normal(field.answer_no)) for field in fields]
    assert len(places) == len(set(places)) > 20
    assert {field.type for field in fields} == {"code", "date", "flag", "presence"}


def test_spellings() -> None:
    fields = [FormField("CLA Review", "Held On", "date")]
    pairs = [
        ("cla  review\r\n", "HELD on "),
        ("CLA Review", "HeldOn"),
        (None, "Held On"),
        ("CLA Review", None),
    ]
    assert spelled(fields, pairs) == (FormField("cla  review\r\n", "HELD on ", "date"),)
