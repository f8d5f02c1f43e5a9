"""What is expected of the single rows that landed: that they can be read, have a key, end after they start,
lead somewhere and use known codes.

The batch of a table has one row for each row that the source gave, readable or not. Its flags: `unreadable`
(in quarantine), `untyped` (landed, but not in the form that staging casts), `repeated` (a further copy of a
row), `unkeyed` (null for such copies), `nameless`, `ends_before_start`, `<column>_lost` (a reference that
leads nowhere), `<column>_unknown` (a code that no list knows).
"""

from __future__ import annotations

from collections.abc import Iterator

from great_expectations.expectations.expectation import Expectation

from care_reviews.source.catalog import Table
from expectations.codes import DEPARTMENT_TYPE, REVIEW_MEETING, code_columns
from expectations.facts import Limits, NightFacts
from expectations.references import Reference, reference
from expectations.spans import ends
from expectations.words import PIPELINE, RECORDS, at_most, no_row, percent, some_row, stop, warn

# Of rows that share a key one counts: in these tables, too many of them change what is counted.
COUNTED = {
    "dim_person",
    "fact_cla",
    "fact_care_episodes",
    "fact_cla_review",
    "fact_meetings",
}

# Rows of these count without a key as well, each as a row of its own.
COUNTED_WITHOUT_KEY = {"fact_cla_review"}


def of_rows(table: Table, night: NightFacts) -> Iterator[Expectation]:
    """All that is expected of the rows of a source table."""
    yield from readability(table, night.limits)
    yield from types(table)
    yield from keys(table, night.limits)
    yield from ends(table, night.limits)
    for found in references_of(table):
        yield leads_somewhere(found)
    for column in code_columns(table.name):
        yield from codes(table, column, night.limits)
    yield from occurrences(table, night)


def readability(table: Table, limits: Limits) -> Iterator[Expectation]:
    yield warn(
        "readable",
        no_row("unreadable"),
        says=f"Every row of {table.name.upper()} can be read.",
        because="A quarantined row is missing from every measure until it is corrected.",
        do=f"Look in landing.quarantine for table_name = '{table.name}' and have the records corrected "
        f"at the source.",
        owner=RECORDS,
    )
    yield stop(
        "readable_share",
        at_most(limits.unreadable_share_stop, "unreadable"),
        says=f"At most {percent(limits.unreadable_share_stop)} of {table.name.upper()} cannot be read.",
        because="So many unreadable rows are a fault of the copy, not of single records.",
        do="Look in landing.quarantine at the reasons by column; a changed type or date format shows "
        "there at once.",
        owner=RECORDS,
    )


def types(table: Table) -> Iterator[Expectation]:
    if all(column.kind in ("code", "text", "flag") for column in table.columns):
        return
    yield stop(
        "typed",
        no_row("untyped"),
        says=f"Every landed row of {table.name.upper()} has keys that are whole numbers and dates that "
        f"can be true.",
        because="Staging casts what landed; what cannot be cast belongs in quarantine.",
        do="This is a fault of the pipeline's landing, not of the records: keep the night's log and "
        "report it.",
        owner=PIPELINE,
    )


def keys(table: Table, limits: Limits) -> Iterator[Expectation]:
    column = key_column(table)
    if not column:
        return
    name, key = table.name.upper(), column.upper()
    yield warn(
        "once",
        no_row("repeated"),
        says=f"No row of {name} comes twice.",
        because="Rows alike are read as one row; many of them mean that the copy was loaded twice.",
        do="Ask the record system team whether the copy was loaded twice.",
        owner=RECORDS,
    )
    yield warn(
        "key",
        no_row("unkeyed"),
        says=f"Every row of {name} has a {key} of its own.",
        because="Of rows that share a key and differ one alone counts, and it may not be the right one.",
        do="Have the records corrected at the source; the rule that chooses is in docs/decisions.",
        owner=RECORDS,
        column=column,
    )
    if table.name in COUNTED:
        yield stop(
            "key_share",
            at_most(limits.shared_key_share_stop, "unkeyed"),
            says=f"At most {percent(limits.shared_key_share_stop)} of {name} share their {key} with a row "
            "that differs.",
            because="So many shared keys are a fault of the copy, and half of those rows do not count.",
            do="Ask the record system team whether the copy holds two states of the records.",
            owner=RECORDS,
            column=column,
        )
    if table.name in COUNTED_WITHOUT_KEY:
        yield warn(
            "named",
            no_row("nameless"),
            says=f"Every row of {name} has a {key}.",
            because="Rows without one are kept apart, so one that was loaded twice cannot be told.",
            do="Have the records corrected at the source.",
            owner=RECORDS,
            column=column,
        )


def leads_somewhere(ref: Reference) -> Expectation:
    none = " and is never empty" if ref.essential else ""
    return warn(
        f"{ref.column}_leads_somewhere",
        no_row(f"{ref.column}_lost"),
        says=f"{ref.column.upper()} of {ref.table.upper()} names a row of {ref.target.upper()}{none}.",
        because="The row belongs to nobody, so no measure counts it."
        if ref.essential
        else "What the row says of the other record is lost.",
        do="Records that were deleted or restricted leave such rows "
        "behind; a sudden rise means a half refreshed copy.",
        owner=RECORDS,
        column=ref.column,
    )


def codes(table: Table, column: str, limits: Limits) -> Iterator[Expectation]:
    flag = f"{column}_unknown"
    words = CODE_WORDS.get(
        (table.name, column), f"{column.upper()} of {table.name.upper()} is a code that is known."
    )
    yield warn(
        f"{column}_known",
        no_row(flag),
        says=words,
        because="What an unknown code means is not known, so the row counts as not recorded.",
        do="Add the site's text to its map in dbt_project/seeds, or have the record corrected.",
        owner=PIPELINE,
        column=column,
    )
    yield stop(
        f"{column}_known_share",
        at_most(limits.unknown_code_share_stop, flag),
        says=f"{words} At most {percent(limits.unknown_code_share_stop)} are not.",
        because="So many unknown codes mean that the site's codes were changed, and the measures with them.",
        do="Bring the site's map in dbt_project/seeds up to date with the record system, then run the "
        "night again.",
        owner=PIPELINE,
        column=column,
    )


CODE_WORDS = {
    DEPARTMENT_TYPE: "DEPT_TYPE_DESCRIPTION of DIM_DEPARTMENT is a type that the council uses.",
    REVIEW_MEETING: "The meeting of every FACT_CLA_REVIEW is a review meeting (CLAR).",
    ("fact_form_answers", "answer"): "The participation answered in a review's outcome form is known.",
    (
        "fact_meeting_subjects",
        "dim_lookup_participation_code_desc",
    ): "The participation of a subject is known.",
    ("dim_person", "ethnicity_main_code"): "ETHNICITY_MAIN_CODE of DIM_PERSON is in DIM_LOOKUP_DFE_ETHNIC.",
}


def occurrences(table: Table, night: NightFacts) -> Iterator[Expectation]:
    """What the measures look for by its code must occur at all, else a renamed code empties them without a
    word.
    """
    if table.name == "fact_meetings":
        yield stop(
            "has_review_meetings",
            some_row("is_review_meeting"),
            says="Some FACT_MEETINGS are review meetings (CLAR).",
            because="Without them no review was held and every child is overdue.",
            do="Ask the record system team whether the code of review meetings was changed.",
            owner=RECORDS,
        )
    if table.name == "fact_immigration_status":
        yield warn(
            "has_uasc",
            some_row("is_uasc"),
            says="Some FACT_IMMIGRATION_STATUS are UASC.",
            because="Without them the number of unaccompanied children is zero.",
            do="Ask whether the code UASC was changed; where there are truly no such children, nothing "
            "is to be done.",
            owner=RECORDS,
        )
    if table.name == "dim_department":
        yield warn(
            "has_known_team",
            some_row("is_known_team"),
            says="Some DIM_DEPARTMENT are teams or areas of which the site map says where they work.",
            because="Without them no child has a quadrant, and that breakdown says nothing.",
            do="Bring dbt_project/seeds/site_team.csv up to date with the teams of the record system.",
            owner=PIPELINE,
        )
    if table.name == "dim_worker":
        yield warn(
            "has_chairs",
            some_row("is_chair"),
            says="Some DIM_WORKER have the job title of an independent chair.",
            because="Without them there are no chairs, no full-time equivalents and no caseloads.",
            do="Compare dbt_project/seeds/site_chair_job_title.csv with the job titles in the record system.",
            owner=PIPELINE,
        )
    if table.name == "fact_form_answers":
        yield warn(
            "alert_category_known",
            no_row("alert_category_unknown"),
            says="The categories answered in care planning alerts are known.",
            because="An alert with an unknown category counts under Not known.",
            do="Add the site's text to dbt_project/seeds/site_alert_category.csv, or have it corrected.",
            owner=PIPELINE,
        )
        for template in night.templates:
            yield warn(
                f"has_{slug(template)}",
                some_row(f"is_{slug(template)}"),
                says=f"Some answers belong to the form template that the site map calls “{template}”.",
                because="A template that was renamed leaves its measures without answers.",
                do="Compare dbt_project/seeds/site_form_map.csv with the templates in the record system.",
                owner=PIPELINE,
            )


def key_column(table: Table) -> str | None:
    """The column that tells a table's rows apart, if one does."""
    return "main_code" if table.name == "dim_lookup_dfe_ethnic" else table.key


def references_of(table: Table) -> list[Reference]:
    """The references of a table but that to a person, which the care gate judges."""
    return [
        reference(table.name, column.name)
        for column in table.columns
        if column.kind == "ref" and column.name != "dim_person_id"
    ]


def slug(words: str) -> str:
    """A name as part of an identifier."""
    return "".join(letter if letter.isalnum() else "_" for letter in words.lower())
