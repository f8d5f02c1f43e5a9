"""Which counts on the pages are of people or of records about them, and which of things.

What is not known to be of things counts as of people.
"""

from __future__ import annotations

# Source tables that say nothing of anybody.
TABLES_OF_THINGS = {"dim_department", "dim_lookup_dfe_ethnic"}
# Published tables and comparisons whose rows are cells, days, categories, months or measures.
OF_CELLS = (
    "kpi_",
    "dim_date",
    "dim_category",
    "subtraction",
    "completeness",
    "sums",
    "breakdowns",
    "agreement",
    "worklists",
    "calendar",
    "reconciliation",
    "movement",
)
ACCOUNTS = ("accounted", "as_counted")
# One comparison of a night with those before it, whatever its table.
OF_ONE_NIGHT = ("size_in_band", "changes_in_band", "newest_in_band")
# Their count is of the table's rows, and what fails are rows that lack or are too many: no part of it.
OF_ALL_ROWS = (".not_empty", ".volume", ".volume_usual")


def table_is_of_people(table: str) -> bool:
    """Whether the rows of a source table are people or about them."""
    return table not in TABLES_OF_THINGS


def mart_is_of_people(view: str) -> bool:
    """Whether the rows of a published table (`schema.name`) are people or about them: what everybody may read
    has cells alone.
    """
    return not view.startswith("published.")


def check_is_of_people(expectation: str, subject: str) -> bool:
    """Whether what an expectation counts are people or records about them."""
    gate, rule = expectation.split(".")[0], expectation.split(".")[-1]
    if gate == "source":
        return subject != "manifest" and table_is_of_people(subject) and rule not in OF_ONE_NIGHT
    return gate != "marts" or not (subject.startswith(OF_CELLS) or rule in ACCOUNTS)
