"""A council that names things otherwise: its rows in the words of this calculation, its cells in its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .cell import Cell, CellKey
from .readable import ALERT_TEMPLATE, words
from .source_rows import Row, Source

Question = tuple[str, str]
UNNAMED = "nothing that the council names"
CODES = {f"pn{number}" for number in range(8)}


@dataclass(frozen=True)
class Site:
    """Each mapping leads from the council's words (folded) to those of the calculation; `names` from a
    breakdown and the calculation's category to the council's, `own_teams` from a team to its name and area.
    What the council does not name is not read.
    """

    questions: Mapping[Question, Question]
    participation: Mapping[str, str]
    legal_statuses: Mapping[str, str]
    own_teams: Mapping[str, tuple[str, str]]
    teams: Mapping[str, str]
    job_titles: Mapping[str, str]
    alert_categories: Mapping[str, str]
    answers: Mapping[Question, Mapping[str, str]]
    names: Mapping[tuple[str, str], str]
    population: Mapping[date, int]
    covered_from: date

    @property
    def stages(self) -> dict[str, str]:
        """The council's names for the stages of alerts."""
        return {
            read_as: own for (breakdown, read_as), own in self.names.items() if breakdown == "alert_stage"
        }

    def reworded(self, source: Source) -> Source:
        """The rows in the words of the calculation."""

        def of(column: str, known: Mapping[str, str], row: Row) -> Row:
            said = words(row.get(column))
            return row | {column: known.get(said, said if not said or said in CODES else UNNAMED)}

        return replace(
            source,
            fact_form_answers=[self._answer(row) for row in source.fact_form_answers],
            fact_meeting_subjects=[
                of("dim_lookup_participation_code_desc", self.participation, row)
                for row in source.fact_meeting_subjects
            ],
            fact_legal_status=[
                of("dim_lookup_lgl_status_desc", self.legal_statuses, row) for row in source.fact_legal_status
            ],
            dim_department=[of("name", self.teams, row) for row in source.dim_department],
            dim_worker=[of("job_title", self.job_titles, row) for row in source.dim_worker],
        )

    def _answer(self, row: Row) -> Row:
        asked = words(row.get("dim_assessment_template_id_desc")), words(row.get("answer_no"))
        template, number = self.questions.get(asked, (UNNAMED, UNNAMED))
        answer: Any = row.get("answer")
        if (template, number) == (ALERT_TEMPLATE, "category") and words(answer):
            answer = self.alert_categories.get(words(answer), UNNAMED)
        if words(answer) and (template, number) in self.answers:
            answer = self.answers[template, number].get(words(answer), UNNAMED)
        if number == "icsparticipationcode":
            answer = self.participation.get(
                words(answer), answer if words(answer) in {"", *CODES} else UNNAMED
            )
        return row | {"dim_assessment_template_id_desc": template, "answer_no": number, "answer": answer}

    def own(self, cells: Mapping[CellKey, Cell]) -> dict[CellKey, Cell]:
        """The cells under the council's names; a category that it does not have is in none."""
        renamed = {breakdown for breakdown, _ in self.names}
        found = {}
        for key, cell in cells.items():
            if key.breakdown not in renamed:
                found[key] = cell
            elif (key.breakdown, key.category) in self.names:
                found[key._replace(category=self.names[key.breakdown, key.category])] = cell
            else:
                assert not cell.numerator, f"{key.category} is no category of this council"
        return found
