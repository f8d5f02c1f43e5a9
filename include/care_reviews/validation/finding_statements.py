"""The SQL that keeps findings, from `queries/findings`: one statement for all that a gate found."""

from __future__ import annotations

from pathlib import Path
from string import Template

NOT_KNOWN = "Not known"
ALL_TEAMS = "All teams"


def team_words(team: str) -> str:
    """A team by its name; what is no team's as that."""
    return "Team not known" if team == NOT_KNOWN else team


_QUERIES = Path(__file__).with_name("queries") / "findings"

# What a gate found: no row to begin with.
FOUND = (
    "select null::text as expectation, null::text as table_name, null::text as record_key, "
    "null::text as person_id where false"
)

TONIGHT = Template((_QUERIES / "tonight.sql").read_text())
TONIGHT_UNBUILT = Template((_QUERIES / "tonight_unbuilt.sql").read_text())
BRING = (_QUERIES / "bring.sql").read_text()
COUNT = (_QUERIES / "count.sql").read_text()
FORGET = (_QUERIES / "forget.sql").read_text()
