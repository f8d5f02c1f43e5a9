"""What all parts of a messy source are drawn with: dates and keys that collide, stamps in every format."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

Row = dict[str, Any]
AS_KNOWN = date(2020, 4, 15)
MOMENT = "%Y-%m-%d %H:%M:%S"
EARLIEST = date(2017, 3, 1)
YES_OR_NO = ("Y", " y ", "Yes", "N", "no", "yet to come", "X", "", None)


@dataclass
class Messy:
    """The rows of every table that measures read, in the shape of the source."""

    chance: random.Random
    tables: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    ids: Iterator[int] = field(default_factory=lambda: iter(range(1, 10**9)))
    moment: datetime = datetime(2016, 1, 1, 9)

    def add(self, table: str, **row: Any) -> None:
        self.tables[table].append(row)

    def day(self, around: date | None = None, spread: int = 40) -> date:
        if around is None:
            return EARLIEST + timedelta(days=self.chance.randrange((AS_KNOWN - EARLIEST).days + 30))
        return around + timedelta(days=self.chance.randint(-spread, spread))

    def stamp(self, day: date | None) -> str | None:
        """A date as the record system writes it; none is null or 1900."""
        if day is None:
            return self.chance.choice((None, "1900-01-01 00:00:00"))
        return f"{day} {self.chance.choice(('00:00:00', '10:30:00', '23:59:59'))}"

    def written(self, day: date) -> str | None:
        """A date as somebody typed it into a form, or what stands for none."""
        layout = self.chance.choice(("%Y-%m-%d", "%d/%m/%Y", " %Y-%m-%d "))
        return self.chance.choices((day.strftime(layout), "1900-01-01", " ", None), (20, 1, 1, 1))[0]

    def answered(self) -> str:
        """A moment of its own for each answer: ties between forms are nobody's rule."""
        self.moment += timedelta(seconds=self.chance.randint(1, 9))
        return self.moment.strftime(MOMENT)

    def typed(self, day: date) -> str | None:
        """A date as somebody types it into a form; often none."""
        spellings = (f"{day}", f" {day:%d/%m/%Y} ", f"{day:%d/%m/%Y}", "1900-01-01", "01/01/1900", " ", None)
        return self.chance.choices(spellings, (6, 3, 6, 1, 1, 1, 1))[0]

    def answer(self, form: int | None, template: str, question: str, said: str | None) -> None:
        self.add(
            "fact_form_answers",
            fact_form_answer_id=next(self.ids),
            fact_form_id=form,
            dim_assessment_template_id_desc=template,
            answer_no=question,
            answer=said,
            answered_dttm=self.answered(),
        )
