"""The rules of how a child took part, as it is told at a meeting, at both sides and at null."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection

from tests.integration.gates import care_tables
from tests.integration.gates.care_tables import CHILD
from tests.integration.gates.test_care_reviews import meeting, review

TEXTS = [
    {"participation_text": word, "participation_code": code}
    for word, code in (("one", "PN1"), ("two", "PN2"))
]


@pytest.mark.parametrize(
    ("told", "reviews", "contradicts", "without_review"),
    [
        ([("one", None)], [review()], None, False),
        ([("one", None)], [], None, True),
        ([("one", "one")], [review()], False, False),
        ([("one", "two")], [review()], True, False),
        ([("one", None), ("two", None)], [review()], True, False),
        ([("one", "three")], [review()], None, False),  # a text that nobody knows contradicts nothing
        ([(None, None)], [], None, None),
        ([("three", None)], [], None, None),
    ],
)
def test_how_it_is_told(
    tables: Connection,
    told: list[tuple[str | None, str | None]],
    reviews: list[dict[str, Any]],
    contradicts: bool | None,
    without_review: bool | None,
) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "int_review__subjects": [
            {"meeting_id": 1, "person_id": CHILD, "subject_text": text, "form_text": form}
            for text, form in told
        ],
        "int_review__participation_texts": TEXTS,
        "stg_lcs__fact_meetings": [meeting()],
        "stg_lcs__fact_cla_review": reviews,
    }
    found = care_tables.flags(tables, "participations", **rows)[f"1 {CHILD}"]
    assert (found["rule_r04"], found["rule_167"]) == (contradicts, without_review)
    rows["stg_lcs__fact_meetings"] = [meeting(kind="CLARS")]
    assert care_tables.flags(tables, "participations", **rows) == {}
