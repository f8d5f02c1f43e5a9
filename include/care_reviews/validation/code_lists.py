"""The codes that are known, read from the project's seeds: the same files that the models are built from."""

from __future__ import annotations

import csv
import datetime as dt
from functools import lru_cache

from care_reviews.errors import ConfigurationError
from care_reviews.settings import PROJECT_ROOT
from expectations.codes import CodeList
from expectations.rulebook import GateRule, Rulebook

SEEDS = PROJECT_ROOT / "dbt_project" / "seeds"
EVERY_AUTHORITY = "*"


@lru_cache
def seed(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a seed. Raises ConfigurationError that names a seed that is missing or empty."""
    path = SEEDS / f"{name}.csv"
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = tuple(csv.DictReader(file))
    except FileNotFoundError:
        rows = ()
    if not rows:
        raise ConfigurationError(f"the seed {path} is missing or empty: a code list must hold what is known")
    return rows


def site_rows(name: str, authority_code: str) -> list[dict[str, str]]:
    """The rows of a site map for an authority: its own where it has any, else the defaults."""
    rows = seed(name)
    own = [row for row in rows if row["authority_code"].strip().upper() == authority_code.upper()]
    return own or [row for row in rows if row["authority_code"] == EVERY_AUTHORITY]


def known_codes(known: CodeList) -> list[str]:
    """The codes of a list, in upper case."""
    codes = known.codes or tuple(row[known.column] for row in seed(known.seed))
    return sorted({code.upper() for code in codes})


def site_texts(name: str, column: str, authority_code: str) -> list[str]:
    """The texts of a site map that the authority uses, folded as staging folds what landed."""
    return sorted({folded_words(row[column]) for row in site_rows(name, authority_code)})


def answer_texts(field: str, authority_code: str) -> list[str]:
    """The texts of a question that the authority says the meaning of, folded likewise."""
    rows = site_rows("site_answer_text", authority_code)
    return sorted({folded_words(row["answer_text"]) for row in rows if row["field"] == field})


def templates(authority_code: str) -> tuple[str, ...]:
    """The form templates that the site map names, as it writes them."""
    return tuple(dict.fromkeys(row["template"] for row in site_rows("site_form_map", authority_code)))


@lru_cache
def bank_holidays() -> frozenset[dt.date]:
    """The bank holidays of England that are known."""
    return frozenset(dt.date.fromisoformat(row["holiday_date"]) for row in seed("bank_holiday"))


def rulebook() -> Rulebook:
    """How grave each expectation of the gates is. Raises ConfigurationError as `Rulebook` does."""
    return Rulebook(GateRule(**row) for row in seed("gate_rule"))  # type: ignore[arg-type]


def answers_of(field: str, authority_code: str, needed: bool = True) -> list[tuple[str, str]]:
    """The template and answer number, folded, under which the site keeps a field.

    Raises ConfigurationError when it is needed and the site map has no such field: what is not looked for
    cannot be judged.
    """
    rows = site_rows("site_form_map", authority_code)
    found = [
        (folded_words(row["template"]), folded_words(row["answer_no"]))
        for row in rows
        if row["field"] == field
    ]
    if needed and not found:
        raise ConfigurationError(
            f"the seed site_form_map has no field {field} for authority {authority_code}"
        )
    return found


def flags_of(authority_code: str) -> list[tuple[str, str]]:
    """The template and answer number, folded, of every answer that is yes or no."""
    return [
        (folded_words(row["template"]), folded_words(row["answer_no"]))
        for row in site_rows("site_form_map", authority_code)
        if row["type"] == "flag"
    ]


def folded_words(words: str) -> str:
    """A text in the one form that texts are compared in: lower case, single blanks, straight apostrophes."""
    return " ".join(words.split()).lower().replace("’", "'")
