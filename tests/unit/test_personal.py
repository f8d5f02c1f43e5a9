"""The search for people finds what is planted, however it is spelled, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
from html import escape
from urllib.parse import quote

import pytest

from tests import personal
from tests.personal import Search, written

BORN = dt.date(2011, 2, 3)
SOUGHT = {
    "names": {"Piran", "O\u2019Fernley", "Smith-Jones", "Zo\u00eb", "van der Elm"},
    "numbers": {"9991234567", "Z999000000001", "S00042"},
    "identifiers": {"4000000001001"},
    "birth dates": written({BORN}),
    "postcodes": {"ZZ1 2AB"},
    "texts": {"Home visit as planned.\r\nEverything in place for school."},
}
search = Search(SOUGHT)

PLANTED = [
    *(("names", words) for words in ("Piran", "PIRAN", "piran\u2019s plan", "Piran's", "x_piran_y")),
    *(("names", words) for words in ("O\u2019Fernley", "O'Fernley", "o`fernley", "OFernley", "O FERNLEY")),
    *(("names", words) for words in ("O&#39;Fernley", "O&rsquo;Fernley", "O%27Fernley", r"O\u2019Fernley")),
    ("names", r"\\u004F\\u2019Fernley"),
    ("names", "O\ufffdFernley"),
    *(
        ("names", words)
        for words in ("smith-jones", "Smith Jones", "Smith\u2011Jones", "SmithJones", "SMITH\nJONES")
    ),
    *(("names", words) for words in ("Zoe", "ZO\u00cb", "Zoe\u0308")),
    *(("names", words) for words in ("Van Der Elm", "van-der-elm")),
    ("names", r'{"told": "nobody\nPiran"}'),
    *(("numbers", words) for words in ("9991234567", "999 123 4567", "999-123-4567", "nhs=9991234567;")),
    *(("numbers", words) for words in ("z999000000001", "s00042", "<td>S00042</td>")),
    *(("identifiers", words) for words in ("#4000000001001", "id_4000000001001", "4,000,000,001,001")),
    ("identifiers", "639db0a7-1d47-4616-9d5d-876acc952895-4000000001001"),
    *(("birth dates", words) for words in ("2011-02-03", "03/02/2011", "3/2/2011", "20110203", "03022011")),
    *(
        ("birth dates", words)
        for words in ("3 February 2011", "3 feb 2011", "03 Feb 2011", "February 3, 2011")
    ),
    *(
        ("birth dates", words)
        for words in ("2011-02-03T00:00:00.000", "2011-02-03 00:00", "03.02.2011", "2011_02_03")
    ),
    *(
        ("postcodes", words)
        for words in ("ZZ1 2AB", "zz1 2ab", "ZZ12AB", "ZZ1-2AB", "ZZ1%202AB", "ZZ1&nbsp;2AB")
    ),
    ("texts", r"home visit as planned.\r\nEverything in place for school."),
    ("texts", "Home visit as planned. &nbsp; Everything in place for school"),
]


@pytest.mark.parametrize(("kind", "words"), PLANTED)
def test_what_is_planted_is_found(kind: str, words: str) -> None:
    for place in (words, f"before {words}, after", f"<td title='{words}'>", f'{{"a": "{words}"}}'):
        assert set(search(place)) == {kind}, place


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, all_ in SOUGHT.items() for value in sorted(all_)]
)
def test_every_value_is_found_as_files_escape_it(kind: str, value: str) -> None:
    shapes = (
        value,
        escape(value),
        quote(value),
        json.dumps(value),
        json.dumps(json.dumps(value)),
        value.upper(),
    )
    for words in shapes:
        assert value in search(f"a {words} b")[kind]


@pytest.mark.parametrize(
    "words",
    [
        "Pirans",  # another name
        "Fernley",
        "Smith, 12 Jones",
        "19991234567",
        "40000000010012",
        "2011-02-04 2011-03-02",
        "322011",
        "ZZ1 2AC",
        "12:00:00.9991234567",
        "Home visit as planned. Everything in place.",
        "",
    ],
)
def test_nothing_else_is_found(words: str) -> None:
    assert search(words) == {}


def test_it_says_which_file_holds_what() -> None:
    files = {"a.log": "nothing", "b.html": "<b>piran</b> 2011-02-03"}
    assert search.in_files(files) == {"b.html": {"names": {"Piran"}, "birth dates": {"2011-02-03"}}}


def test_a_day_is_told_in_every_form() -> None:
    assert {"2011-02-03", "03/02/2011", "3 February 2011"} < personal.written({BORN})
