"""Another council's rows in the words of the plain calculation: what it names, and what it does not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.brute_force.cell import CellKey, count
from tests.brute_force.estmere import ESTMERE
from tests.brute_force.site import UNNAMED
from tests.brute_force.source_rows import Source

DAY = date(2020, 3, 31)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Came and SAID it  themself ", "PN1"),
        ("Attended and spoke for self", UNNAMED),  # another council's
        ("pn5", "pn5"),
        ("", ""),
        (None, ""),
    ],
)
def test_participation_of_a_subject(said: str | None, read: str) -> None:
    source = Source(fact_meeting_subjects=[{"dim_lookup_participation_code_desc": said}])
    (row,) = ESTMERE.reworded(source).fact_meeting_subjects
    assert row["dim_lookup_participation_code_desc"] == read


@pytest.mark.parametrize(
    ("template", "number", "answer", "read"),
    [
        ("Our child review record V3", "2.4", "Sent a message", ("icsparticipationcode", "PN6")),
        (
            "Our Child Review Record v3",
            "2.4",
            "Did not attend, sent views",
            ("icsparticipationcode", UNNAMED),
        ),
        ("Our Child Review Record v3", "2.5", "Y", (UNNAMED, "Y")),
        ("CLA Review Outcomes", "ICSParticipationCode", "PN1", (UNNAMED, "PN1")),  # another council's
        ("Resolution Protocol", "Q3", "health check overdue", ("category", "Care plan")),
        ("Resolution Protocol", "Q3", "Health", ("category", UNNAMED)),
        ("Resolution Protocol", "Q3", None, ("category", None)),
    ],
)
def test_answers(template: str, number: str, answer: str | None, read: tuple[str, str | None]) -> None:
    asked = {"dim_assessment_template_id_desc": template, "answer_no": number, "answer": answer}
    (row,) = ESTMERE.reworded(Source(fact_form_answers=[asked])).fact_form_answers
    assert (row["answer_no"], row["answer"]) == read


def test_cells_bear_the_councils_names_and_none_of_another() -> None:
    def key(breakdown: str, category: str) -> CellKey:
        return CellKey("reviews_held", "snapshot", DAY, DAY, breakdown, category)

    cells = {key("all", "all"): count(3), key("quadrant", "North East"): count(3)}
    nobody = {key("quadrant", "South West"): count(0)}
    assert ESTMERE.own(cells | nobody) == {
        key("all", "all"): count(3),
        key("quadrant", "Harbour"): count(3),
    }
    with pytest.raises(AssertionError, match="South West"):
        ESTMERE.own({key("quadrant", "South West"): count(1)})
