"""Forms and their answers, as the profile's site lays them out.

In: whose form, which kind, and answers by field with the moment each was given. Out: rows of FACT_FORMS and
FACT_FORM_ANSWERS. An answer's ANSWERED_DTTM is the moment it was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from care_reviews.demo.council import Council
from care_reviews.demo.people import Child
from care_reviews.demo.profiles.site import Kind


@dataclass(frozen=True, slots=True)
class Form:
    """A form that answers can be added to."""

    council: Council
    child: Child | None
    form_id: int
    kind: Kind

    def answer(self, field: str, text: str | None, at: datetime, *corrected: tuple[datetime, str]) -> None:
        """The answer to a field, and what it was changed to later; none where the site does not ask."""
        layout = self.council.site.forms[self.kind]
        if field not in layout.answers:
            return
        row = {
            "fact_form_answer_id": self.council.history.new_id("fact_form_answers"),
            "fact_form_id": self.form_id,
            "dim_assessment_template_id_desc": layout.template,
            "answer_no": layout.answers[field],
        }
        versions = [(moment, row | {"answer": value, "answered_dttm": moment}) for moment, value in corrected]
        self.council.put(
            self.child, "fact_form_answers", (at, row | {"answer": text, "answered_dttm": at}), *versions
        )


def open_form(council: Council, child: Child | None, person_id: int, kind: Kind, at: datetime) -> Form:
    """A new form of one of the site's templates for a person."""
    form = Form(council, child, council.history.new_id("fact_forms"), kind)
    row = {
        "fact_form_id": form.form_id,
        "dim_person_id": person_id,
        "dim_lookup_form_type_id_code": council.site.forms[kind].type,
    }
    council.put(child, "fact_forms", (at, row))
    return form
