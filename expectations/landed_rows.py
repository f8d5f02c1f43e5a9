"""What is expected of the single rows that landed: that they can be read, have a key, end after they start,
lead somewhere and use known codes.

The batch of a table has one row for each row that the source gave, readable or not. Its flags: `unreadable`
(in quarantine), `untyped` (landed, but not in the form that staging casts), `repeated` (a further copy of a
row), `unkeyed` (null for such copies), `nameless`, `survives_too` (of a person), `ends_before_start`,
`<column>_lost` (a reference that leads nowhere), `<column>_unknown` (a code that no list knows).
"""

from __future__ import annotations

from collections.abc import Iterator

from care_reviews.source.catalog import Table
from expectations.codes import CODES, DEPARTMENT_TYPE, REVIEW_MEETING, code_columns, is_counted
from expectations.facts import NightFacts
from expectations.references import Reference, form_references, reference
from expectations.spans import ends
from expectations.words import Draft, at_most, expect, no_row, percent, some_row

GATE = "source"

# Of rows that share a key one counts: in these tables, too many of them change what is counted.
COUNTED = {
    "dim_person",
    "fact_cla",
    "fact_care_episodes",
    "fact_cla_review",
    "fact_meetings",
}

# What the record system calls a key that lands under another name.
KEYS_OF_FORMS = {"fact_forms": "fact_form_id"}

# Rows of these count without a key as well, each as a row of its own.
COUNTED_WITHOUT_KEY = {"fact_cla_review"}


def of_rows(table: Table, night: NightFacts) -> Iterator[Draft]:
    """All that is expected of the rows of a source table."""
    yield from readability(table, night)
    yield from types(table)
    yield from keys(table, night)
    yield from survivors(table, night)
    yield from ends(table, night)
    for found in references_of(table):
        yield leads_somewhere(found)
    for column in code_columns(table.name):
        yield from codes(table, column, night)
    yield from occurrences(table, night)


def readability(table: Table, night: NightFacts) -> Iterator[Draft]:
    yield expect(
        "readable",
        no_row("unreadable"),
        says=f"Every row of {table.name.upper()} can be read.",
        do=f"Look in landing.quarantine for table_name = '{table.name}' and have the records corrected "
        f"at the source.",
    )
    share = night.share(GATE, table.name, "readable_share")
    yield expect(
        "readable_share",
        at_most(share, "unreadable"),
        says=f"At most {percent(share)} of {table.name.upper()} cannot be read.",
        do="Look in landing.quarantine at the reasons by column; a changed type or date format shows "
        "there at once.",
    )


def types(table: Table) -> Iterator[Draft]:
    if all(column.kind in ("code", "text", "flag") for column in table.columns):
        return
    yield expect(
        "typed",
        no_row("untyped"),
        says=f"Every landed row of {table.name.upper()} has keys that are whole numbers and dates that "
        f"can be true.",
        do="This is a fault of the pipeline's landing, not of the records: keep the night's log and "
        "report it.",
    )


def keys(table: Table, night: NightFacts) -> Iterator[Draft]:
    column = key_column(table)
    if not column:
        return
    column = KEYS_OF_FORMS.get(table.name, column)
    name, key = table.name.upper(), column.upper()
    yield expect(
        "once",
        no_row("repeated"),
        says=f"No row of {name} comes twice.",
        do="Ask the record system team whether the copy was loaded twice.",
    )
    yield expect(
        "key",
        no_row("unkeyed"),
        says=f"Every row of {name} has a {key} of its own.",
        do="Have the records corrected at the source; the rule that chooses is in docs/decisions.",
        column=column,
    )
    if table.name in COUNTED:
        share = night.share(GATE, table.name, "key_share")
        yield expect(
            "key_share",
            at_most(share, "unkeyed"),
            says=f"At most {percent(share)} of {name} share their {key} with a row that differs.",
            do="Ask the record system team whether the copy holds two states of the records.",
            column=column,
        )
    if table.name in COUNTED_WITHOUT_KEY:
        yield expect(
            "named",
            no_row("nameless"),
            says=f"Every row of {name} has a {key}.",
            do="Have the records corrected at the source.",
            column=column,
        )


def survivors(table: Table, night: NightFacts) -> Iterator[Draft]:
    """Records that share a LEGACY_ID are one person: all but one of them were merged, and say so."""
    if table.name != "dim_person":
        return
    says = "Of the records of DIM_PERSON that share a LEGACY_ID one alone was not merged into another."
    yield expect(
        "one_survivor",
        no_row("survives_too"),
        says=says,
        do="Have the records merged, or the LEGACY_ID of those who are somebody else corrected.",
        column="legacy_id",
    )
    share = night.share(GATE, table.name, "one_survivor_share")
    yield expect(
        "one_survivor_share",
        at_most(share, "survives_too"),
        says=f"{says} At most {percent(share)} of those not merged share theirs.",
        do="Look for a text that stands for no LEGACY_ID, and have the copy give none instead.",
        column="legacy_id",
    )


def leads_somewhere(ref: Reference) -> Draft:
    none = " and is never empty" if ref.essential else ""
    return expect(
        "<column>_leads_somewhere",
        no_row(f"{ref.column}_lost"),
        says=f"{ref.column.upper()} of {ref.table.upper()} names a row of {ref.target.upper()}{none}.",
        do="Records that were deleted or restricted leave such rows "
        "behind; a sudden rise means a half refreshed copy.",
        column=ref.column,
    )


def codes(table: Table, column: str, night: NightFacts) -> Iterator[Draft]:
    flag = f"{column}_unknown"
    words = CODE_WORDS.get(
        (table.name, column), f"{column.upper()} of {table.name.upper()} is a code that is known."
    )
    is_of_the_contract = bool((known := CODES.get((table.name, column))) and known.codes)
    yield expect(
        "<column>_known",
        no_row(flag),
        says=words,
        do="Have the record corrected, or the copy give the codes that every record system of this kind has."
        if is_of_the_contract
        else "Add the site's text to its map in dbt_project/seeds, or have the record corrected.",
        column=column,
    )
    if not is_counted(table.name, column):
        return
    share = night.share(GATE, table.name, f"{column}_known_share", "<column>_known_share")
    yield expect(
        "<column>_known_share",
        at_most(share, flag),
        says=f"{words} At most {percent(share)} are not.",
        do="Ask the record system team what was changed; have the copy give the codes as before."
        if is_of_the_contract
        else "Bring the site's map in dbt_project/seeds up to date with the record system, then run the "
        "night again.",
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


# Answers by their kind: what is expected of them, and the seed that says what a council's texts mean.
ANSWERS = (
    ("alert_category", "The categories answered in care planning alerts are known.", "site_alert_category"),
    ("alert_type", "The types answered in care planning alerts are known.", "site_answer_text"),
    ("audit_smart_rating", "The ratings answered in audits of review quality are known.", "site_answer_text"),
    ("yes_or_no", "Answers that the site map calls flags are Y, Yes, N or No.", "site_form_map"),
)


def occurrences(table: Table, night: NightFacts) -> Iterator[Draft]:
    """What the measures look for by its code must occur at all, else a renamed code empties them without a
    word.
    """
    if table.name == "fact_meetings":
        yield expect(
            "has_review_meetings",
            some_row("is_review_meeting"),
            says="Some FACT_MEETINGS are review meetings (CLAR).",
            do="Ask the record system team whether the code of review meetings was changed.",
        )
    if table.name == "fact_immigration_status":
        yield expect(
            "has_uasc",
            some_row("is_uasc"),
            says="Some FACT_IMMIGRATION_STATUS are UASC.",
            do="Ask whether the code UASC was changed; where there are truly no such children, nothing "
            "is to be done.",
        )
    if table.name == "dim_department":
        yield expect(
            "has_known_team",
            some_row("is_known_team"),
            says="Some DIM_DEPARTMENT are teams or areas of which the site map says where they work.",
            do="Bring dbt_project/seeds/site_team.csv up to date with the teams of the record system.",
        )
    if table.name == "dim_worker":
        yield expect(
            "has_chairs",
            some_row("is_chair"),
            says="Some DIM_WORKER have the job title of an independent chair.",
            do="Compare dbt_project/seeds/site_chair_job_title.csv with the job titles in the record system.",
        )
    if table.name == "fact_form_answers":
        for kind, says, seed in ANSWERS:
            yield expect(
                f"{kind}_known",
                no_row(f"{kind}_unknown"),
                says=says,
                do=f"Compare the answers with dbt_project/seeds/{seed}.csv: add a text that is the council's "
                "own, or have the answer corrected.",
            )
        for template in night.templates:
            yield expect(
                "has_<template>",
                some_row(f"is_{slug(template)}"),
                says=f"Some answers belong to the form template that the site map calls “{template}”.",
                do="Compare dbt_project/seeds/site_form_map.csv with the templates in the record system.",
                template=slug(template),
            )


def key_column(table: Table) -> str | None:
    """The landed column that tells a table's rows apart, if one does. A form has one when it has answers."""
    return {"dim_lookup_dfe_ethnic": "main_code", "fact_forms": "form_key"}.get(table.name, table.key)


def references_of(table: Table) -> list[Reference]:
    """The references of a table but that to a person, which the care gate judges."""
    of_columns = [
        reference(table.name, column.name)
        for column in table.columns
        if column.kind == "ref" and column.name != "dim_person_id"
    ]
    return of_columns + form_references(table.name)


def slug(words: str) -> str:
    """A name as part of an identifier."""
    return "".join(letter if letter.isalnum() else "_" for letter in words.lower())
