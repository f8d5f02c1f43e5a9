"""The rules of episodes, at both sides of each boundary and at null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.integration.gates import care_tables
from tests.integration.gates.care_tables import BORN, CHILD, NIGHT

MAY, JUNE, JULY = (dt.date(2019, month, 1) for month in (5, 6, 7))
DAY = dt.timedelta(days=1)
Judge = Callable[..., Any]


@pytest.fixture
def last(tables: Connection) -> Judge:
    """A function that gives a rule's flag on the last of these episodes: start, end, RNE, REC, placement."""

    def judge(rule: str, *episodes: tuple[Any, ...], on: int = 0, **others: Any) -> bool | None:
        names = ("start_date", "end_date", "start_reason_code", "end_reason_code", "placement_id")
        rows = [
            {
                "episode_id": number,
                "period_id": 1,
                "source_person_id": CHILD,
                **dict(zip(names, one, strict=False)),
            }
            for number, one in enumerate(episodes, start=1)
        ]
        found = care_tables.flags(tables, "episodes", stg_lcs__fact_care_episodes=rows, **others)
        flag = found[str(on or len(rows))][f"rule_{rule}"]
        assert flag is None or isinstance(flag, bool)
        return flag

    return judge


WHOLE = (MAY, JUNE, "S", "E4A")
MOVED = (MAY, JUNE, "S", "X1")
OPEN = (MAY, None, "S", None)

ALONE = [
    ("141", WHOLE, False),
    ("141", (None, JUNE, "S", "E4A"), True),
    ("143", WHOLE, False),
    ("143", (MAY, None, "Q", None), True),
    ("143", (MAY, None, None, None), None),
    ("147", (MAY, None, "S", "E4A"), True),
    ("147", WHOLE, False),
    ("147", OPEN, None),
    ("148", WHOLE, False),
    ("148", OPEN, False),
    ("148", (MAY, JUNE, "S", None), True),
    ("148", (MAY, None, "S", "E4A"), True),
    ("149", WHOLE, False),
    ("149", (MAY, JUNE, "S", "E99"), True),
    ("149", OPEN, None),
    ("149", (MAY, dt.date(2015, 3, 31), "S", "E43"), False),
    ("149", (MAY, dt.date(2015, 4, 1), "S", "E43"), True),
    ("149", (MAY, dt.date(2015, 3, 31), "S", "E45"), True),
    ("149", (MAY, dt.date(2015, 4, 1), "S", "E45"), False),
    ("149", (MAY, None, "S", "E43"), True),  # without an end it is a code of the night
    ("302", (BORN, None, "S", None), False),
    ("302", (BORN - DAY, None, "S", None), True),
    ("302", (None, None, "S", None), None),
    ("353", (dt.date(1991, 10, 14), None, "S", None), False),
    ("353", (dt.date(1991, 10, 13), None, "S", None), True),
    ("353", (None, None, "S", None), None),
    ("354", (NIGHT, None, "S", None), False),
    ("354", (NIGHT + DAY, None, "S", None), True),
    ("354", (None, None, "S", None), None),
    ("385", (MAY, NIGHT, "S", "E4A"), False),
    ("385", (MAY, NIGHT + DAY, "S", "E4A"), True),
    ("385", OPEN, None),
    ("355", (MAY, MAY, "S", "E4A"), True),
    ("355", (MAY, MAY + DAY, "S", "E4A"), False),
    ("355", (MAY, MAY - DAY, "S", "E4A"), False),
    ("355", OPEN, None),
    ("356", (MAY, MAY - DAY, "S", "E4A"), True),
    ("356", (MAY, MAY, "S", "E4A"), False),
    ("356", OPEN, None),
    ("357", WHOLE, False),
    ("357", (MAY, None, "L", None), True),
    ("357", (MAY, None, None, None), True),
    ("357", (None, None, "L", None), None),
    ("388", WHOLE, False),
    ("388", MOVED, True),
    ("388", OPEN, None),
    ("388", (MAY, JUNE, "S", None), None),
    ("142", OPEN, None),
    ("431", OPEN, None),
    ("432", OPEN, None),
    ("433", (MAY, None, "P", None), None),
    ("434", (MAY, None, "L", None, 1), None),
    ("437", OPEN, None),
    ("501", OPEN, None),
]


@pytest.mark.parametrize(("rule", "episode", "flag"), ALONE)
def test_an_episode_alone(last: Judge, rule: str, episode: tuple[Any, ...], flag: bool | None) -> None:
    assert last(rule, episode) is flag


def test_an_episode_of_somebody_without_a_birth_date(last: Judge) -> None:
    people = [{"replace": True, "person_id": CHILD, "birth_date": None}]
    assert last("302", (MAY, None, "S", None), int_person__people=people) is None


@pytest.mark.parametrize(
    ("start", "flag"), [(MAY - DAY, True), (MAY, False), (JUNE, False), (JUNE + DAY, True)]
)
def test_a_reason_to_start_is_of_its_day(last: Judge, start: dt.date, flag: bool) -> None:
    dates = [{"code_list": "episode_start_reason", "code": "U", "valid_from": MAY, "valid_to": JUNE}]
    assert last("143", (start, None, "U", None), code_dates=dates) is flag


AFTER = [
    # rule, the episode before, the next, flag of the next
    ("357", MOVED, (JUNE, None, "P", None), None),
    ("431", MOVED, (JUNE, None, "S", None), True),
    ("431", (MAY, JUNE, "S", None), (JUNE, None, "S", None), True),
    ("431", WHOLE, (JUNE, None, "S", None), False),
    ("431", MOVED, (JUNE + DAY, None, "S", None), False),
    ("431", OPEN, (JUNE, None, "S", None), False),
    ("431", MOVED, (JUNE, None, "P", None), None),
    ("431", MOVED, (JUNE, None, None, None), None),
    ("432", WHOLE, (JULY, None, "S", None), False),
    ("432", WHOLE, (JULY, None, "P", None), True),
    ("432", WHOLE, (JULY, None, None, None), True),
    ("432", MOVED, (JUNE, None, "P", None), None),
    ("432", OPEN, (JUNE, None, "P", None), None),
    *(("433", MOVED, (JUNE, None, code, None), False) for code in "LPTBU"),
    *(("433", MOVED, (JUNE + DAY, None, code, None), True) for code in "LPTBU"),
    ("433", MOVED, (JUNE - DAY, None, "P", None), True),
    ("433", OPEN, (JUNE, None, "P", None), True),
    ("433", MOVED, (JULY, None, "S", None), None),
    ("433", MOVED, (JULY, None, None, None), None),
    ("437", (MAY, JUNE, "S", "E2"), (JULY, None, "S", None), True),
    ("437", (MAY, JUNE, "S", "E15"), (JULY, None, "S", None), True),
    ("437", WHOLE, (JULY, None, "S", None), False),
    ("437", OPEN, (JULY, None, "S", None), False),
    ("501", WHOLE, (JUNE, None, "S", None), False),
    ("501", WHOLE, (JUNE - DAY, None, "S", None), True),
    ("501", OPEN, (JUNE, None, "S", None), None),
    ("501", WHOLE, (None, None, "S", None), None),
]


@pytest.mark.parametrize(("rule", "before", "episode", "flag"), AFTER)
def test_an_episode_after_another(
    last: Judge, rule: str, before: tuple[Any, ...], episode: tuple[Any, ...], flag: bool | None
) -> None:
    assert last(rule, before, episode) is flag


@pytest.mark.parametrize(
    ("rule", "episode", "after", "flag"),
    [
        ("142", WHOLE, (JULY, None, "S", None), False),
        ("142", OPEN, (JULY, None, "S", None), True),
        ("142", OPEN, (None, None, "S", None), None),
        ("388", MOVED, (JUNE, None, "P", None), False),
        ("388", MOVED, (JUNE + DAY, None, "P", None), True),
        ("388", WHOLE, (JUNE, None, "S", None), True),
        ("388", WHOLE, (JUNE + DAY, None, "S", None), False),
    ],
)
def test_an_episode_before_another(
    last: Judge, rule: str, episode: tuple[Any, ...], after: tuple[Any, ...], flag: bool | None
) -> None:
    assert last(rule, episode, after, on=1) is flag


AMONG_OTHERS = [
    # a child's episodes, the place of the one that is judged, rule 388
    # The next in order overlaps; the one that follows starts on the day.
    ((MOVED, (MAY + DAY, JULY, "P", "E4A"), (JUNE, None, "P", None)), 1, False),
    ((WHOLE, (MAY + DAY, JULY, "P", "E4A"), (JUNE, None, "S", None)), 1, True),
    ((WHOLE, (MAY + DAY, JULY, "P", "E4A"), (JUNE + DAY, None, "S", None)), 1, False),
    # One that starts on the day need not come later: of two of one day each is another.
    (((JUNE, JUNE, "S", "X1"), (JUNE, None, "P", None)), 1, False),
    (((JUNE, JUNE, "S", "X1"), (JUNE, JUNE, "P", "X1")), 1, False),
    (((JUNE, JUNE, "S", "X1"), (JUNE, JUNE, "P", "X1")), 2, True),  # the last ends in X1
    (((JUNE, JUNE, "S", "E4A"),), 1, False),  # it is not another than itself
    (((JUNE, JUNE, "S", "X1"), (JULY, None, "S", None)), 1, True),
    ((MOVED, (JUNE, JULY, "P", "X1")), 2, True),
    ((MOVED, (JUNE, JULY, "P", "E4A")), 2, False),
    ((MOVED, (None, None, "P", None)), 1, True),  # what is not dated starts on no day
]


@pytest.mark.parametrize(("episodes", "place", "flag"), AMONG_OTHERS)
def test_388_asks_all_of_a_childs_episodes(
    last: Judge, episodes: tuple[tuple[Any, ...], ...], place: int, flag: bool
) -> None:
    assert last("388", *episodes, on=place) is flag


def test_437_holds_for_every_later_episode(last: Judge) -> None:
    assert last("437", (MAY, JUNE, "S", "E2"), (JUNE, JULY, "S", "X1"), (JULY, None, "P", None)) is True


@pytest.mark.parametrize("legal", [True, False, None])
@pytest.mark.parametrize("moved", [True, False, None])
@pytest.mark.parametrize(
    ("rule", "codes", "should"),
    [("434", "L", (True, False)), ("435", "PT", (False, True)), ("436", "BU", (True, True))],
)
def test_what_changed_is_what_the_reason_says(
    last: Judge, rule: str, codes: str, should: tuple[bool, bool], legal: bool | None, moved: bool | None
) -> None:
    """`legal`, `moved`: whether the legal status and the placement changed; None: that is not known."""
    spans = [{"person_id": CHILD, "legal_status_code": "C1", "from_date": MAY, "until_date": JUNE}]
    if legal is not None:
        code = "C2" if legal else "C1"
        spans.append({"person_id": CHILD, "legal_status_code": code, "from_date": JUNE, "until_date": None})
    placement = {True: 2, False: 1, None: None}[moved]
    for code in codes:
        flag = last(
            rule, (*MOVED, 1), (JUNE, None, code, None, placement), int_care__legal_status_spans=spans
        )
        wrong = [
            now is not None and now is not then for now, then in zip((legal, moved), should, strict=True)
        ]
        assert flag is (True if any(wrong) else None if None in (legal, moved) else False)
    others = set("SLPTBU") - set(codes)
    for code in others:
        args = ((*MOVED, 1), (JUNE, None, code, None, placement))
        assert last(rule, *args, int_care__legal_status_spans=spans) is None
