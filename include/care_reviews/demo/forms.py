"""Forms and their answers, as this synthetic site lays them out.

In: whose form, which template, and answers with the moment each was given. Out: rows of FACT_FORMS and
FACT_FORM_ANSWERS. An answer's ANSWERED_DTTM is the moment it was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from care_reviews.demo.council import Council
from care_reviews.demo.people import Child

OUTCOMES = "CLA Review Outcomes"
ALERT = "Care Planning Alert"
UPDATE = "IRO Progress Update"
AUDIT = "Review Quality Audit"
DIRECT_WORK = "Direct Work Session"  # nothing of this one is for reporting

FORM_TYPES = {
    OUTCOMES: "CLAREV",
    ALERT: "CPALERT",
    UPDATE: "IROUPD",
    AUDIT: "RQAUDIT",
    DIRECT_WORK: "DIRECTWK",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A form that answers can be added to."""

    council: Council
    child: Child | None
    form_id: int
    template: str

    def answer(self, number: str, text: str | None, at: datetime, *corrected: tuple[datetime, str]) -> None:
        """One answer, and what it was changed to later."""
        row = {
            "fact_form_answer_id": self.council.history.new_id("fact_form_answers"),
            "fact_form_id": self.form_id,
            "dim_assessment_template_id_desc": self.template,
            "answer_no": number,
        }
        versions = [(moment, row | {"answer": value, "answered_dttm": moment}) for moment, value in corrected]
        self.council.put(
            self.child, "fact_form_answers", (at, row | {"answer": text, "answered_dttm": at}), *versions
        )


def open_form(council: Council, child: Child | None, person_id: int, template: str, at: datetime) -> Form:
    """A new form for a person."""
    form = Form(council, child, council.history.new_id("fact_forms"), template)
    row = {
        "fact_form_id": form.form_id,
        "dim_person_id": person_id,
        "dim_lookup_form_type_id_code": FORM_TYPES[template],
    }
    council.put(child, "fact_forms", (at, row))
    return form
