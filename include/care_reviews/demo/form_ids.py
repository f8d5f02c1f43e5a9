"""Form numbers that change overnight while nothing in the form did.

In: a form's or answer's number, and the night. Out: the number that the source shows that night. Every third
night it issues the numbers of one form in 53 anew, with those of its answers; a number once changed stays
until the next time.
"""

from __future__ import annotations

from datetime import date

_CLASSES = 53
_STEP = 17
_ISSUE = 100_000_000


class FormNumbers:
    """The numbering of forms as at one night."""

    def __init__(self, first_day: date, night: date) -> None:
        nights = (day for day in range(first_day.toordinal(), night.toordinal() + 1) if day % 3 == 0)
        self._issues = [0] * _CLASSES
        for day in nights:
            self._issues[(day // 3 * _STEP) % _CLASSES] += 1

    def form(self, form_id: int) -> int:
        """The number a form has that night."""
        return form_id + _ISSUE * self._issues[form_id % _CLASSES]

    def answer(self, answer_id: int, form_id: int) -> int:
        """The number an answer has that night: renewed with its form's."""
        return answer_id + _ISSUE * self._issues[form_id % _CLASSES]
