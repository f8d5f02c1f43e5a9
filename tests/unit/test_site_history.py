"""The history on a night's pages: the newest nights, and where the others are told."""

from __future__ import annotations

import datetime as dt

import pytest

from care_reviews.site.facts import NIGHTS_SHOWN, NightFacts, NightLine
from care_reviews.site.render import night_pages
from care_reviews.site.rule_trends import Trend

FIRST = dt.date(2020, 3, 31)
MOMENT = dt.datetime(2020, 4, 1, 4, 30, tzinfo=dt.UTC)


def line(number: int) -> NightLine:
    day = FIRST + dt.timedelta(days=number - 1)
    nothing = dict.fromkeys(
        (
            "return_name",
            "released_by",
            "released_at",
            "release_comment",
            "refused_return",
            "refused_by",
            "refused_at",
            "refusal_comment",
            "withdrawn_at",
            "withdrawn_by",
            "withdrawn_reason",
            "discarded_at",
            "discarded_by",
            "discard_reason",
        )
    )
    return NightLine(number, day, f"run {number}", MOMENT, {}, number, MOMENT, **nothing)


def pages(nights: int) -> dict[str, str]:
    """The pages of the newest of some published nights, of which nothing else is known."""
    lines = tuple(line(number) for number in range(1, nights + 1))
    facts = NightFacts(
        authority_code="E1",
        authority_name="A Council",
        night=lines[-1],
        standing=lines[-1],
        decided_at=MOMENT,
        code_version=None,
        gates=(),
        provisional=(),
        nights=lines,
        trend=Trend((), ()),
        definitions=(),
        courses={},
        flows=(),
        accounts=(),
        record=None,
        marts=(),
        lineage=None,
    )
    return {name: content.decode() for name, content in night_pages(facts).items()}


@pytest.mark.parametrize(
    ("nights", "shown", "told"),
    [
        (1, 1, ""),
        (NIGHTS_SHOWN, NIGHTS_SHOWN, ""),
        (NIGHTS_SHOWN + 1, NIGHTS_SHOWN, "1 night before these, up to that of 31 March 2020,"),
        (NIGHTS_SHOWN + 2, NIGHTS_SHOWN, "2 nights before these, up to that of 1 April 2020,"),
    ],
)
def test_a_page_holds_the_newest_nights_and_says_where_the_others_are(
    nights: int, shown: int, told: str
) -> None:
    page = pages(nights)["history.html"]
    assert page.count("Begun ") == shown
    assert ("before these" in page) == bool(told)
    assert told in page
    assert f"{nights} night" in page


def test_what_is_not_known_is_said_to_be_so() -> None:
    made = pages(1)
    assert not {"source.html", "care.html", "marts.html"} & set(made)  # no gate judged it
    for name, words in (
        ("evidence.html", "older than the chain of evidence"),
        ("lineage.html", "not kept"),
        ("inputs.html", "not applicable"),
        ("definitions.html", "not applicable"),
        ("quality.html", "not applicable"),
    ):
        assert words in made[name], name
