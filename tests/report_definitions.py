"""The measures' definitions as a report reads them, and a text of a page without its markup."""

from __future__ import annotations

from typing import Any

from care_reviews.report.facts import Definition
from care_reviews.validation.code_lists import seed

DEFINITIONS = {
    row["measure_id"]: Definition(
        row["measure_id"], "", row["name"], "", row["unit"], "", None, None, "", None, None, None, "none"
    )
    for row in seed("measure_definition")
}


def plain(said: Any) -> str:
    return str(said.striptags())
