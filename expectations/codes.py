"""Which source columns hold codes of a known list, and which list that is.

Lists with a name come from the project's seeds (what people decide, in one place); short ones that never
change stand here. A column that the source lets every council extend (meeting types, case note types) has
no list. Reasons of episodes and legal statuses are
judged with their dates, by the care gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class CodeList:
    """A list by the name and column of its seed, or written out as `codes`.

    `is_counted`: whether measures rest on the column, so that too many unknown codes stop the night.
    """

    seed: str = ""
    column: str = ""
    codes: tuple[str, ...] = ()
    is_counted: bool = True


YES_OR_NO = CodeList(codes=("Y", "N", "YES", "NO"))
YES_OR_NO_ASIDE = CodeList(codes=YES_OR_NO.codes, is_counted=False)
NEEDS = tuple(f"N{number}" for number in range(1, 9))

CODES: Mapping[tuple[str, str], CodeList] = {
    ("dim_person", "gender_main_code"): CodeList(codes=("M", "F", "U", "I")),
    ("dim_person", "is_client"): YES_OR_NO,
    ("dim_person", "dob_estimated"): YES_OR_NO_ASIDE,
    ("dim_lookup_dfe_ethnic", "nat_id"): CodeList("ethnicity", "ethnicity_code"),
    ("fact_involvements", "dim_lookup_involvement_type_code"): CodeList(codes=("CW", "IRO", "CPCHAIR")),
    ("fact_involvements", "is_allocated_cw_flag"): YES_OR_NO_ASIDE,
    ("fact_referrals", "dim_lookup_category_of_need_code"): CodeList(codes=NEEDS),
    ("fact_care_episodes", "cin_903_code"): CodeList(codes=NEEDS, is_counted=False),
    ("fact_cla_placement", "dim_lookup_placement_type_code"): CodeList(
        "placement_type", "placement_type_code"
    ),
    ("fact_cla_placement", "dim_lookup_placement_provider_code"): CodeList(
        codes=tuple(f"PR{n}" for n in range(6))
    ),
    ("fact_meetings", "cancelled"): YES_OR_NO,
    ("fact_casenotes", "seen_flag"): YES_OR_NO_ASIDE,
    ("fact_casenotes", "seen_alone_flag"): YES_OR_NO_ASIDE,
}

# Codes that are known through another table or a site's own texts rather than through one list of codes.
ETHNICITY = ("dim_person", "ethnicity_main_code")
PARTICIPATION_TEXT = ("fact_meeting_subjects", "dim_lookup_participation_code_desc")
PARTICIPATION_ANSWER = ("fact_form_answers", "answer")
DEPARTMENT_TYPE = ("dim_department", "dept_type_description")
REVIEW_MEETING = ("fact_cla_review", "fact_meeting_id")

KNOWN_OTHERWISE = (
    ETHNICITY,
    PARTICIPATION_TEXT,
    PARTICIPATION_ANSWER,
    DEPARTMENT_TYPE,
    REVIEW_MEETING,
)


def is_counted(table: str, column: str) -> bool:
    """Whether measures rest on the codes of a column."""
    known = CODES.get((table, column))
    return known is None or known.is_counted


def code_columns(table: str) -> tuple[str, ...]:
    """The columns of a source table whose codes are judged."""
    return tuple(column for name, column in (*CODES, *KNOWN_OTHERWISE) if name == table)
