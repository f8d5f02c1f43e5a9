"""A child who is right in every respect, as rows of the source: in care since April 2020, with a chair and
two reviews in time. Tests spoil one thing of it. So late, because what was published as final must stand.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, text

from care_reviews.demo.tables import metadata

BORN = dt.datetime(2008, 6, 1)
START = dt.datetime(2020, 4, 1)
HELD = (dt.datetime(2020, 4, 14), dt.datetime(2020, 4, 24))
MOVED = dt.datetime(2020, 4, 27)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Around:
    """What a child needs of its council: ids of two chairs and of a team."""

    chairs: tuple[int, int]
    team: int

    @classmethod
    def of(cls, source: Connection) -> Around:
        """Of a source, whose search path leads to it."""
        rows = source.execute(
            text(
                "select distinct i.dim_worker_id, i.dim_department_id from fact_involvements as i "
                "join dim_worker as w using (dim_worker_id) where w.job_title = 'Independent Chair' "
                "and w.full_time_equivalency ~ '^[01]' and i.dim_department_id > 0 "
                "and i.dim_lookup_involvement_type_code = 'IRO' order by 1, 2"
            )
        ).all()
        first, *others = rows
        second = next(row.dim_worker_id for row in others if row.dim_worker_id != first.dim_worker_id)
        return cls((first.dim_worker_id, second), first.dim_department_id)


@dataclass
class Child:
    """The rows of one child in every table that has any. `base`: its id; ids of its rows are counted from it.
    `statements`: what is done to the source beside them.
    """

    base: int
    around: Around
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.add("dim_person", dim_person_id=self.base, birth_dttm=BORN, gender_main_code="F", is_client="Y")
        self.add("fact_referrals", **self.own("fact_referral_id", 1), refrl_start_dttm=START)
        self.add("fact_cla", **self.own("fact_cla_id", 1), fact_referral_id=self.base + 1, start_dttm=START)
        self.episode(1, START)
        self.status(1, "C2", START)
        self.placement(1, START)
        self.chair(1, START)
        for number, held in enumerate(HELD, start=1):
            self.review(number, held)

    def own(self, key: str, number: int) -> dict[str, Any]:
        """A key of this child's, and the child."""
        return {key: self.base + number, "dim_person_id": self.base}

    def add(self, table: str, **values: Any) -> None:
        self.rows.setdefault(table, []).append(values)

    def change(self, table: str, place: int = 0, **values: Any) -> None:
        """Change a row, the first of its table unless another is meant."""
        self.rows[table][place] |= values

    def episode(self, number: int, start: dt.datetime, reason: str = "S", placement: int = 1) -> None:
        self.add(
            "fact_care_episodes",
            **self.own("fact_care_episodes_id", number),
            fact_cla_id=self.base + 1,
            fact_cla_placement_id=self.base + placement,
            care_start_date=start,
            care_reason_code=reason,
            cin_903_code="N1",
        )

    def status(self, number: int, code: str, start: dt.datetime, end: dt.datetime | None = None) -> None:
        self.add(
            "fact_legal_status",
            **self.own("fact_legal_status_id", number),
            dim_lookup_lgl_status_code=code,
            start_dttm=start,
            end_dttm=end,
        )

    def placement(self, number: int, start: dt.datetime) -> None:
        self.add(
            "fact_cla_placement",
            **self.own("fact_cla_placement_id", number),
            fact_cla_id=self.base + 1,
            start_dttm=start,
            dim_lookup_placement_type_code="U4",
            dim_lookup_placement_provider_code="PR1",
        )

    def chair(self, number: int, start: dt.datetime, which: int = 0, kind: str = "IRO") -> None:
        self.add(
            "fact_involvements",
            **self.own("fact_involvements_id", number),
            dim_worker_id=self.around.chairs[which],
            dim_department_id=self.around.team,
            dim_lookup_involvement_type_code=kind,
            start_dttm=start,
        )

    def review(self, number: int, held: dt.datetime) -> None:
        self.add(
            "fact_cla_review",
            **self.own("fact_cla_review_id", number),
            fact_cla_id=self.base + 1,
            fact_meeting_id=self.base + number,
            due_dttm=held,
            meeting_dttm=held,
        )
        self.meeting(number, held)

    def meeting(self, number: int, held: dt.datetime, kind: str = "CLAR") -> None:
        """A meeting of which the child is a subject."""
        meeting = self.base + number
        self.add("fact_meetings", fact_meeting_id=meeting, dim_lookup_mtg_type_id_code=kind, actual_dttm=held)
        self.add(
            "fact_meeting_subjects",
            fact_meetings_id=meeting,
            dim_person_id=self.base,
            dim_lookup_participation_code_desc="Attended and spoke for self",
        )

    def moves(self, **second: Any) -> None:
        """Another placement on MOVED, and a second episode. `second`: what is otherwise of that."""
        self.change("fact_care_episodes", care_end_date=MOVED, care_reason_end_code="X1")
        self.change("fact_cla_placement", end_dttm=MOVED)
        self.placement(2, MOVED)
        self.episode(2, MOVED, "P", placement=2)
        self.change("fact_care_episodes", 1, **second)

    def form(self, template: str, at: dt.datetime, **answers: str) -> None:
        """A form of the child's with an answer to each question, given at one moment."""
        self.add("fact_forms", **self.own("fact_form_id", 1), dim_lookup_form_type_id_code="FORM")
        for number, (question, answer) in enumerate(answers.items(), start=1):
            self.add(
                "fact_form_answers",
                fact_form_answer_id=self.base + number,
                fact_form_id=self.base + 1,
                dim_assessment_template_id_desc=template,
                answer_no=question,
                answer=answer,
                answered_dttm=at,
            )

    def outcome(self, **answers: str) -> None:
        """The outcome form of the second review."""
        self.form("CLA Review Outcomes", HELD[1], **answers)
        self.change("fact_meeting_subjects", 1, fact_outcm_form_id=self.base + 1)

    def write(self, source: Connection) -> None:
        """Put the rows into the source, whose search path leads to it, then do the statements."""
        for table, rows in self.rows.items():
            for row in rows:
                source.execute(insert(metadata.tables[table]).values(row))
        for statement in self.statements:
            source.execute(text(statement))
