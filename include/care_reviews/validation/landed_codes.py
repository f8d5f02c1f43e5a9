"""Flags of codes that nothing knows. A blank is not unknown: nothing was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from care_reviews.validation.code_lists import (
    answer_texts,
    answers_of,
    flags_of,
    folded_words,
    known_codes,
    seed,
    site_texts,
    templates,
)
from care_reviews.validation.picture import Picture
from care_reviews.validation.sql import code, flag, folded, literal, literals
from expectations.codes import (
    CODES,
    DEPARTMENT_TYPE,
    ETHNICITY,
    PARTICIPATION_ANSWER,
    PARTICIPATION_TEXT,
    REVIEW_MEETING,
    YES_OR_NO,
)
from expectations.landed_rows import slug


class Answers(NamedTuple):
    """Answers of a kind: the templates and numbers that hold them, and the texts whose meaning is known."""

    questions: list[tuple[str, str]]
    texts: list[str]


@dataclass
class Flags:
    """Flags by name, over rows called `landed`, and the joins that they need."""

    conditions: dict[str, str] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)


def code_flags(table: str, night: Picture) -> Flags:
    """The flags of a source table's codes."""
    flags = Flags()
    for (name, column), known in CODES.items():
        if name == table:
            value = code(f"landed.{column}")
            among = f"{value} in ({literals(known_codes(known))})"
            flags.conditions[f"{column}_unknown"] = flag(f"{value} is null or {among}")
    if table in OTHERWISE:
        OTHERWISE[table](night, flags)
    return flags


def _person(night: Picture, flags: Flags) -> None:
    """Judged through the lookup table, where that has rows: that it has none is told of the table itself."""
    value = code(f"landed.{ETHNICITY[1]}")
    lookup = night.of("lcs__dim_lookup_dfe_ethnic")
    unknown = flag(f"{value} is null or ethnicity.value is not null")
    flags.conditions[f"{ETHNICITY[1]}_unknown"] = (
        f"case when exists (select from {lookup} as rows) then {unknown} end"
    )
    flags.joins.append(
        f"left join (select distinct {code('main_code')} as value from {lookup} as rows) as ethnicity "
        f"on ethnicity.value = {value}"
    )


def _subject(night: Picture, flags: Flags) -> None:
    column = PARTICIPATION_TEXT[1]
    flags.conditions[f"{column}_unknown"] = _unknown_participation(f"landed.{column}", night)


def _answer(night: Picture, flags: Flags) -> None:
    """Only answers that hold a participation are judged: their share is a share of these alone.

    What a council words itself, and yes or no, is judged beside them. What an answer is depends on its
    template and number, of which there are few: they are told apart once each.
    """
    template, number = "dim_assessment_template_id_desc", "answer_no"
    kinds = {f"is_{slug(name)}": literal(folded_words(name)) for name in templates(night.authority_code)}
    worded = _worded(night.authority_code)
    asked = (
        ("is_participation", answers_of("review_participation_code", night.authority_code)),
        *((f"is_{name}", answers.questions) for name, answers in worded.items()),
    )
    said = [f"({_is_one_of(questions)}) is true as {name}" for name, questions in asked]
    told = [f"{folded('template')} is not distinct from {value} as {name}" for name, value in kinds.items()]
    pairs = f"select distinct coalesce({template}, '') as template, coalesce({number}, '') as number"
    flags.joins.append(
        f"left join (select template, number, {', '.join([*said, *told])} "
        f"from ({pairs} from {night.of('lcs__fact_form_answers')} as rows) as pairs) as kind "
        f"on kind.template = coalesce(landed.{template}, '') and kind.number = coalesce(landed.{number}, '')"
    )
    unknown = _unknown_participation(f"landed.{PARTICIPATION_ANSWER[1]}", night, with_codes=True)
    flags.conditions["answer_unknown"] = f"case when kind.is_participation then {unknown} end"
    answer = folded(f"landed.{PARTICIPATION_ANSWER[1]}")
    for name, answers in worded.items():
        unsorted = flag(f"{answer} is null or {answer} in ({literals(answers.texts)})")
        flags.conditions[f"{name}_unknown"] = f"case when kind.is_{name} then {unsorted} end"
    flags.conditions |= {name: f"kind.{name}" for name in kinds}


def _worded(authority_code: str) -> dict[str, Answers]:
    known = {
        "alert_category": site_texts("site_alert_category", "alert_category", authority_code),
        "alert_type": answer_texts("alert_type", authority_code),
        "audit_smart_rating": answer_texts("audit_smart_rating", authority_code),
    }
    return {
        **{
            field: Answers(answers_of(field, authority_code, needed=False), texts)
            for field, texts in known.items()
        },
        "yes_or_no": Answers(flags_of(authority_code), [code.lower() for code in YES_OR_NO.codes]),
    }


def _is_one_of(questions: Iterable[tuple[str, str]]) -> str:
    return (
        " or ".join(
            f"{folded('template')} = {literal(template)} and {folded('number')} = {literal(number)}"
            for template, number in questions
        )
        or "false"
    )


def _unknown_participation(column: str, night: Picture, with_codes: bool = False) -> str:
    texts = site_texts("site_participation_text", "participation_text", night.authority_code)
    codes = [row["participation_code"].lower() for row in seed("participation")] if with_codes else []
    return flag(f"{folded(column)} is null or {folded(column)} in ({literals([*texts, *codes])})")


def _department(night: Picture, flags: Flags) -> None:
    kind, name = folded(f"landed.{DEPARTMENT_TYPE[1]}"), folded("landed.name")
    types = literals(site_texts("site_department_type", "department_type", night.authority_code))
    teams = literals(site_texts("site_team", "team", night.authority_code))
    flags.conditions[f"{DEPARTMENT_TYPE[1]}_unknown"] = flag(f"{kind} is null or {kind} in ({types})")
    flags.conditions["is_known_team"] = f"({name} in ({teams})) is true"


def _worker(night: Picture, flags: Flags) -> None:
    titles = literals(site_texts("site_chair_job_title", "job_title", night.authority_code))
    flags.conditions["is_chair"] = f"({folded('landed.job_title')} in ({titles})) is true"


def _review(night: Picture, flags: Flags) -> None:
    column, kind = REVIEW_MEETING[1], code("dim_lookup_mtg_type_id_code")
    flags.conditions[f"{column}_unknown"] = flag("meeting.type is null or meeting.type = 'CLAR'")
    flags.joins.append(
        f"left join (select {column}, min({kind}) as type from {night.of('lcs__fact_meetings')} as rows "
        f"group by {column}) as meeting on meeting.{column} = landed.{column}"
    )


def _meeting(_: Picture, flags: Flags) -> None:
    kind = code("landed.dim_lookup_mtg_type_id_code")
    flags.conditions["is_review_meeting"] = f"{kind} is not distinct from 'CLAR'"


def _immigration(_: Picture, flags: Flags) -> None:
    status = code("landed.dim_lookup_immgr_status_code")
    flags.conditions["is_uasc"] = f"{status} is not distinct from 'UASC'"


OTHERWISE: Mapping[str, Callable[[Picture, Flags], None]] = {
    "dim_person": _person,
    "dim_department": _department,
    "dim_worker": _worker,
    "fact_meeting_subjects": _subject,
    "fact_form_answers": _answer,
    "fact_cla_review": _review,
    "fact_meetings": _meeting,
    "fact_immigration_status": _immigration,
}
