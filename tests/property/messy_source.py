"""A source in which everything that can be odd is odd, drawn from a seed, and its rows as they would land.

Every draw stays within a few dates and codes, so that boundaries, ties and collisions are common.
"""

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

GOING_ON = ("X1", "x1", None, "")
LEAVING = ("E4A", "E11", " e3 ", "E8", None)
STATUSES = (
    ("C2", None),
    ("V2", None),
    ("V3", None),
    (" v4", "Care Order Sec. 31(a)"),
    (None, "Short breaks,  individual placements "),
    (None, "SHORT BREAKS UNDER AN AGREEMENT"),
    ("", "Care Order Sec. 31(a)"),
    (None, "something else"),
    (None, None),
)
ALERT_TEMPLATES = ("Care Planning Alert", " care planning  ALERT")
TEMPLATES = ("CLA Review Outcomes", "cla review  outcomes ")
SAID = (
    "Attended and spoke for self",
    "attended,  views represented by advocate ",
    "Attended, conveyed views non-verbally",
    "ATTENDED BUT DID NOT CONVEY VIEWS",
    "Did not attend, briefed advocate",
    "Did not attend, sent views",
    "Did not attend, views not conveyed",
    "Child under 4 at time of review",
    "pn5",
    "no such text",
    "  ",
    None,
)
YES_OR_NO = ("Y", " y ", "Yes", "N", "no", "yet to come", "X", "", None)
RATINGS = ("Good", " outstanding", "GOOD ", "Requires improvement", "Inadequate", "good enough", " ", None)
OUTCOME_DATES = ("OutcomesCompletedDate", "RecordCompletedDate", "RecordDistributedDate ", "LastMeetingDate")
OUTCOME_FLAGS = ("WrittenToChild", "ChildCoChaired", "childspokentobefore", "SWReportReceived")

# Of these tables rows come twice, or share their key.
KEYS = {
    "dim_person": "dim_person_id",
    "dim_worker": "dim_worker_id",
    "fact_involvements": "fact_involvements_id",
    "fact_cla": "fact_cla_id",
    "fact_care_episodes": "fact_care_episodes_id",
    "fact_legal_status": "fact_legal_status_id",
    "fact_immigration_status": "fact_immigration_status_id",
    "fact_cp_plan": "fact_cp_plan_id",
    "fact_cla_review": "fact_cla_review_id",
    "fact_meetings": "fact_meeting_id",
    "fact_forms": "fact_form_id",
}


SEXES = ("M", "F", " m ", "I", "U", "X", None)
ETHNICITIES = ("A1", " a1", "B2", "C3", "D4", "E5", "-1", None)
NATIONAL_ETHNICITIES = (("A1", "WBRI"), ("b2 ", " bafr"), ("C3", "NOBT"), ("D4", "no such"), (None, "AIND"))
PLACEMENTS = ("U1", "u4 ", "K2", "P1", "H5", "A3", "T1", "Z1", "no such", None)
DEPARTMENTS = (
    "North East",
    " south  WEST looked after children team",
    "North West Assessment Team",
    "Elsewhere",
    None,
)
CATEGORIES = ("Health", " drift or  DELAY", "Permanence", "no such", " ", None)


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


def messy(seed: int, children: int) -> dict[str, list[Row]]:
    """The tables of a source with so many children."""
    source = Messy(random.Random(seed))
    workers(source)
    for local, national in NATIONAL_ETHNICITIES:
        source.add("dim_lookup_dfe_ethnic", main_code=local, nat_id=national)
    for number, name in enumerate(DEPARTMENTS, start=1):
        source.add("dim_department", dim_department_id=number, name=name)
    for _ in range(children):
        a_child(source)
    for name in KEYS:
        lose_keys(source, name)
        repeat_rows(source, name)
    for rows in source.tables.values():
        source.chance.shuffle(rows)
    return dict(source.tables)


def lose_keys(source: Messy, name: str) -> None:
    """The row for 'no such row' with another's content, and reviews and episodes without a key."""
    rows = source.tables[name]
    rows.append(source.chance.choice(rows) | {KEYS[name]: -1})
    if name in ("fact_cla_review", "fact_care_episodes"):
        for row in source.chance.sample(rows, len(rows) // 10):
            row[KEYS[name]] = -1


def repeat_rows(source: Messy, name: str) -> None:
    """Copies of some rows, and others under the same key, of which one or two values are another row's."""
    chance, rows = source.chance, source.tables[name]
    for row in chance.sample(rows, len(rows) // 8):
        copy = dict(row)
        if chance.random() < 0.7:
            others = [column for column in row if column != KEYS[name]]
            for column in chance.choices(others, k=chance.choice((1, 1, 2))):
                copy[column] = chance.choice(rows)[column]
        rows.extend(dict(copy) for _ in range(chance.choice((1, 1, 2))))


def workers(source: Messy) -> None:
    """Chairs and others, whose working time is a number, a text, or nothing that can be understood."""
    for fte in (
        "1",
        "1.0",
        "0.5",
        ".6",
        " 0.75 ",
        "0.625",
        "0.",
        "1.01",
        "half",
        "0,5",
        "-0.5",
        ".",
        "",
        None,
    ):
        for title in ("Independent Chair", " independent  CHAIR", "Social Worker", None):
            source.add(
                "dim_worker", dim_worker_id=next(source.ids), job_title=title, full_time_equivalency=fte
            )


def an_involvement(source: Messy, person: int | None, table: str, starts: list[date]) -> None:
    """An involvement of a worker, or a protection plan, that starts and ends on a month end or near."""
    chance = source.chance
    start = chance.choice((date(2019, 2, 28), date(2019, 3, 1), date(2020, 2, 29), source.day()))
    if starts and chance.random() < 0.6:
        start = chance.choice(starts) + timedelta(days=chance.choice((-9, 0, 1, 4, 5, 6, 7, 8, 9, 11, 30)))
    month_end = date(2020, 3, 31) + timedelta(days=chance.choice((-1, 0, 1)))
    end = chance.choice((month_end, month_end, source.day(), source.day(start, 20), None))
    dates = {
        "start_dttm": source.stamp(chance.choice((start, start, start, None))),
        "end_dttm": source.stamp(end),
    }
    if table == "fact_cp_plan":
        source.add(table, fact_cp_plan_id=next(source.ids), dim_person_id=person, **dates)
        return
    source.add(
        table,
        fact_involvements_id=next(source.ids),
        dim_person_id=person,
        dim_worker_id=chance.choice((*range(1, 58), -1, None)),
        dim_department_id=chance.choice((*range(1, 8), -1, None)),
        dim_lookup_involvement_type_code=chance.choice(("IRO", "iro ", "CPCHAIR", "CW", "cw ", None)),
        **dates,
    )


def a_child(source: Messy) -> None:
    chance = source.chance
    records = people(source)
    starts = sorted(source.day() for _ in range(chance.choice((0, 1, 1, 1, 2, 3))))
    periods = [(next(source.ids), start) for start in starts]
    for period_id, start in periods:
        a_period(source, chance.choice(records), period_id, start)
    for _ in range(chance.choice((0, 1, 1, 2))):
        a_status(source, chance.choice(records), chance.choice(starts or [source.day()]))
    if chance.random() < 0.2:
        start = source.day()
        source.add(
            "fact_immigration_status",
            fact_immigration_status_id=next(source.ids),
            dim_person_id=chance.choice(records),
            dim_lookup_immgr_status_code=chance.choice(("UASC", " uasc", "OTHER", None)),
            start_dttm=source.stamp(chance.choice((start, start, None))),
            end_dttm=source.stamp(chance.choice((None, source.day(start, 400)))),
        )
    for _ in range(chance.choice((0, 2, 4, 6))):
        a_review(source, records, periods)
    for _ in range(chance.choice((0, 0, 1, 2))):
        an_audit(source, records, starts)
    for _ in range(chance.choice((0, 1, 2, 4))):
        an_update(source, records, starts)
    for _ in range(chance.choice((0, 1, 2, 3))):
        a_placement(source, chance.choice(records), chance.choice(starts or [source.day()]))
    for table in chance.choice(
        ((), ("fact_involvements",) * 3, ("fact_cp_plan", "fact_cp_plan"), ("fact_involvements",))
    ):
        an_involvement(source, chance.choice(records), table, starts)
    raised = source.day()
    for _ in range(chance.choice((0, 0, 1, 2, 3))):
        an_alert(source, chance.choice(records), raised)
        raised += timedelta(days=chance.choice((0, 1, 200, 364, 365, 366)))


def people(source: Messy) -> list[int | None]:
    """One person, in one or two records; sometimes nobody, sometimes named by no record at all."""
    chance = source.chance
    legacy = chance.choice((None, "-1", f"L{next(source.ids)}", f"L{next(source.ids)}"))
    records = [next(source.ids) for _ in range(chance.choice((1, 1, 2)))]
    born = source.day(chance.choice((date(2015, 6, 1), date(2008, 1, 1), date(2004, 1, 1))), 900)
    for record in records:
        source.add(
            "dim_person",
            dim_person_id=record,
            legacy_id=chance.choice((legacy, legacy and f" {legacy.lower()} ")),
            birth_dttm=source.stamp(chance.choice((born, born, born, None))),
            gender_main_code=chance.choice(SEXES),
            ethnicity_main_code=chance.choice(ETHNICITIES),
            is_client=chance.choices(("Y", None, "N", " n ", "no "), (9, 3, 0.4, 0.3, 0.3))[0],
            duplicated_dttm=source.stamp(source.day()) if chance.random() < 0.25 else None,
        )
    return [*records, *records, *records, chance.choice((-1, None, 10**9))]


def a_period(source: Messy, person: int | None, period_id: int, start: date) -> None:
    chance = source.chance
    source.add(
        "fact_cla",
        fact_cla_id=period_id,
        dim_person_id=chance.choice((person, person, person, None, -1)),
        start_dttm=source.stamp(start),
        last_updated_dttm=source.stamp(source.day(start)),
    )
    homes = [a_placement(source, person, start) for _ in range(chance.choice((1, 2, 2, 3)))]
    for left in reversed(range(chance.choice((1, 1, 2, 3, 5)))):
        end = start + timedelta(days=chance.choice((0, 1, 28, 60, 200, 400)))
        is_open = left == 0 and chance.random() < 0.5
        source.add(
            "fact_care_episodes",
            fact_care_episodes_id=next(source.ids),
            fact_cla_id=chance.choices((period_id, -1, None), (20, 1, 1))[0],
            dim_person_id=person,
            care_start_date=source.stamp(chance.choices((start, None), (20, 1))[0]),
            care_end_date=source.stamp(None if is_open else end),
            care_reason_code=chance.choice(("S", "P", " b", "L", "t ", "U", "X", None)),
            fact_cla_placement_id=chance.choice((*homes, *homes, *homes, -1, None, 10**9)),
            care_reason_end_code=chance.choice(GOING_ON if left else LEAVING),
        )
        start = chance.choice((end, end, start))


def a_status(source: Messy, person: int | None, around: date) -> None:
    chance = source.chance
    start = around + timedelta(days=chance.choice((-30, -1, 0, 0, 0, 1, 28, 60)))
    code, said = chance.choice(STATUSES)
    source.add(
        "fact_legal_status",
        fact_legal_status_id=next(source.ids),
        dim_person_id=person,
        dim_lookup_lgl_status_code=code,
        dim_lookup_lgl_status_desc=said,
        start_dttm=source.stamp(chance.choices((start, None), (12, 1))[0]),
        end_dttm=source.stamp(
            None if chance.random() < 0.4 else start + timedelta(days=chance.choice((-3, 0, 30, 31, 200)))
        ),
    )


def a_placement(source: Messy, person: int | None, around: date) -> int:
    """A placement near the start of care; many overlap, and some end on the day on which another starts."""
    chance = source.chance
    start = around + timedelta(days=chance.choice((-1, 0, 0, 1, 30, 200)))
    end = start + timedelta(days=chance.choice((-2, 0, 1, 29, 30, 170, 400)))
    placement = next(source.ids)
    source.add(
        "fact_cla_placement",
        fact_cla_placement_id=placement,
        dim_person_id=person,
        dim_lookup_placement_type_code=chance.choice(PLACEMENTS),
        start_dttm=source.stamp(chance.choices((start, None), (12, 1))[0]),
        end_dttm=source.stamp(chance.choice((end, end, None))),
    )
    return placement


def a_review(source: Messy, records: list[Any], periods: list[tuple[int, date]]) -> None:
    """A meeting with its review rows, subjects and outcome forms."""
    chance = source.chance
    meeting = next(source.ids)
    period_id, start = chance.choice(periods) if periods else (-1, source.day())
    held = chance.choice(
        (
            start + timedelta(days=chance.choice((-1, 0, 1, 27, 28, 29, 30, 60, 118, 119, 120, 200, 400))),
            source.day(),
            None,
        )
    )
    source.add(
        "fact_meetings",
        fact_meeting_id=meeting,
        dim_lookup_mtg_type_id_code=chance.choices(("CLAR", "clar ", "CLARS", None), (20, 3, 1, 1))[0],
        actual_dttm=source.stamp(held),
        cancelled=chance.choices((None, "N", "No", "Y", "yes "), (12, 2, 2, 1, 1))[0],
    )
    for _ in range(chance.choice((1, 1, 1, 2))):
        source.add(
            "fact_cla_review",
            fact_cla_review_id=next(source.ids),
            fact_cla_id=chance.choice((period_id, period_id, -1, None, periods[0][0] if periods else -1)),
            dim_person_id=chance.choice(records),
            fact_meeting_id=meeting,
        )
    for _ in range(chance.choice((0, 1, 1, 2))):
        source.add(
            "fact_meeting_subjects",
            fact_meetings_id=meeting,
            dim_person_id=chance.choice(records),
            dim_lookup_participation_code_desc=chance.choice(SAID),
            fact_outcm_form_id=chance.choice(
                (None, -1, an_outcome_form(source, held or start), a_form_that_stands(source))
            ),
        )


def an_outcome_form(source: Messy, held: date) -> int:
    """A form with none, one or several answers to each question, of which some are empty."""
    chance = source.chance
    form = next(source.ids)

    def answers(question: str, *said: str | None) -> None:
        for _ in range(chance.choice((0, 1, 1, 2))):
            source.answer(form, chance.choice(TEMPLATES), question, chance.choice(said))

    for question in ("ICSParticipationCode", "icsparticipationcode "):
        answers(question, *SAID, "PN1", "PN4", "PN7", " pn0")
    for question in OUTCOME_FLAGS:
        answers(question, *YES_OR_NO)
    answers("PermanencePlan", "ADOPT", "sgo ", "", " ", None)
    for question in OUTCOME_DATES:
        days = (-2, 0, 5, 6, 7, 8, 9, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30, 31, 34, 40)
        answers(question, *(source.typed(held + timedelta(days=chance.choice(days))) for _ in "12"))
    return form


def a_form_that_stands(source: Messy) -> int | None:
    """A form that another subject, of this or another meeting, may have for its outcomes too."""
    answers = source.tables["fact_form_answers"]
    standing = source.chance.choice(answers) if answers else {}
    return (
        standing.get("fact_form_id") if standing.get("dim_assessment_template_id_desc") in TEMPLATES else -1
    )


def an_audit(source: Messy, records: list[Any], starts: list[date]) -> None:
    """An audit whose form is somebody's, nobody's, or in no list of forms at all."""
    chance = source.chance
    form = chance.choices((next(source.ids), -1, None), (20, 1, 1))[0]
    if form and form > 0 and chance.random() < 0.95:
        source.add("fact_forms", fact_form_id=form, dim_person_id=chance.choice(records))
    around = chance.choice((*starts, source.day()))
    for question, said in (
        ("AuditDate", source.typed(around + timedelta(days=chance.choice((-1, 0, 1, 30, 200))))),
        ("auditdate", source.typed(source.day())),
        ("SmartRating", chance.choice(RATINGS)),
        ("SmartRating", chance.choice(RATINGS)),
        ("ChildFocused", chance.choice(YES_OR_NO)),
    ):
        if chance.random() < 0.7:
            source.answer(
                form, chance.choice(("Review Quality Audit", " review quality audit")), question, said
            )


def an_update(source: Messy, records: list[Any], starts: list[date]) -> None:
    """A progress update around the days on which reviews are held."""
    chance = source.chance
    form = chance.choices((next(source.ids), -1, None), (20, 1, 1))[0]
    if form and form > 0 and chance.random() < 0.95:
        source.add("fact_forms", fact_form_id=form, dim_person_id=chance.choice(records))
    day = chance.choice((*starts, source.day())) + timedelta(
        days=chance.choice((0, 1, 27, 28, 29, 60, 100, 120))
    )
    for question, said in (
        ("UpdateDate", source.typed(day)),
        ("updatedate ", source.typed(source.day(day, 2))),
        ("ChildSpokenTo", chance.choice(YES_OR_NO)),
        ("childspokento", chance.choice(YES_OR_NO)),
    ):
        if chance.random() < 0.7:
            source.answer(
                form, chance.choice(("IRO Progress Update", " iro progress  UPDATE")), question, said
            )


def an_alert(source: Messy, person: int | None, raised: date) -> None:
    """A form with none, one or several answers on when an alert was raised and resolved."""
    chance = source.chance
    form = next(source.ids)
    if chance.random() < 0.95:
        source.add("fact_forms", fact_form_id=form, dim_person_id=person)
    resolved = raised + timedelta(days=chance.choice((-3, 0, 1, 5, 14, 26, 27, 28, 29, 30, 31, 60, 400)))
    for question, day, times in (
        ("RaisedDate", raised, chance.choice((0, 1, 1, 1, 1, 2))),
        (" resolveddate", resolved, chance.choice((0, 0, 1, 1, 1, 2))),
        ("Stage1Date", raised, chance.choice((0, 1))),
        ("stage3date ", raised, chance.choice((0, 0, 1, 2))),
        ("Stage6Date", raised, chance.choice((0, 0, 0, 1))),
        ("AlertType", None, chance.choice((0, 1, 2))),
        ("Category", None, chance.choice((0, 1, 2, 3))),
        ("Agency", None, chance.choice((0, 1))),
    ):
        for _ in range(times):
            shown = day and source.written(chance.choice((day, day, day, source.day(day, 2))))
            source.add(
                "fact_form_answers",
                fact_form_answer_id=next(source.ids),
                fact_form_id=form,
                dim_assessment_template_id_desc=chance.choice(ALERT_TEMPLATES),
                answer_no=question,
                answer=shown if day else chance.choice(KINDS_SAID.get(question, ("an agency", " ", None))),
                answered_dttm=source.answered(),
            )


KINDS_SAID = {"AlertType": ("Formal", "informal ", "no such", None), "Category": CATEGORIES}


def landed(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The rows as they land: identifiers as text, forms known by the moment of their first answer."""
    began: dict[int, str] = {}
    for row in tables["fact_form_answers"]:
        form = row["fact_form_id"]
        began[form] = min(began.get(form, row["answered_dttm"]), row["answered_dttm"])
    subjects = sorted(
        tables["fact_meeting_subjects"],
        key=lambda row: (row["fact_meetings_id"] or 0, row["dim_person_id"] or 0),
        reverse=True,
    )
    owners: dict[int | None, Row] = {
        row["fact_form_id"]: {"dim_person_id": row["dim_person_id"]}
        for row in sorted(
            tables["fact_forms"],
            key=lambda row: (row["dim_person_id"] is None, row["dim_person_id"] or 0),
            reverse=True,
        )
    }
    owners |= {
        row["fact_outcm_form_id"]: {name: row[name] for name in ("fact_meetings_id", "dim_person_id")}
        for row in subjects
    }

    def shaped(name: str, row: Row) -> Row:
        if name == "fact_forms":
            return row | {"form_key": began.get(row["fact_form_id"])}
        if name == "fact_meeting_subjects":
            return row | {"form_key": began.get(row["fact_outcm_form_id"])}
        if name == "fact_form_answers":
            form = row["fact_form_id"]
            if form in (None, -1):
                return row
            return row | owners.get(form, {}) | {"form_key": began[form]}
        return row

    return {
        name: [
            {column: None if value is None else str(value) for column, value in shaped(name, row).items()}
            for row in rows
        ]
        for name, rows in tables.items()
    }
