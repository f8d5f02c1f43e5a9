"""Which form answers a council's site map names: nothing else of a form is read.

A council lays out its forms itself. `dbt_project/seeds/site_form_map.csv` says which template and answer
holds what.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from care_reviews.errors import ConfigurationError
from care_reviews.settings import PROJECT_ROOT

SITE_MAP = PROJECT_ROOT / "dbt_project" / "seeds" / "site_form_map.csv"
ANY_AUTHORITY = "*"


@dataclass(frozen=True)
class FormField:
    """An answer that is read. Of a `presence` answer only whether there is one; a `date` must be readable."""

    template: str
    answer_no: str
    type: str


@lru_cache(maxsize=4096)
def normal(words: str | None) -> str:
    """A template's or answer's name as names are compared: without case, outer blanks and runs of white
    space.
    """
    return " ".join((words or "").split()).casefold()


def form_fields(authority_code: str, path: Path = SITE_MAP) -> tuple[FormField, ...]:
    """The answers to read for an authority: the rows of its own, else those for any authority (`*`).

    Raises ConfigurationError when the site map is missing, lacks a column or names no answer.
    """
    rows = _rows(path)
    mine = [row for row in rows if row[0].upper() == authority_code.upper()]
    fields = tuple(field for owner, field in mine or [row for row in rows if row[0] == ANY_AUTHORITY])
    if not fields:
        raise ConfigurationError(
            f"{path.name} names no form answer for authority {authority_code}, nor for any (`*`)"
        )
    return fields


@lru_cache(maxsize=4)
def _rows(path: Path) -> tuple[tuple[str, FormField], ...]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return tuple(
                (
                    row["authority_code"].strip(),
                    FormField(row["template"], row["answer_no"], row["type"].strip()),
                )
                for row in csv.DictReader(file)
            )
    except FileNotFoundError:
        raise ConfigurationError(
            f"the site map {path} is missing: it says which form answers to read"
        ) from None
    except KeyError as error:
        raise ConfigurationError(f"the site map {path} has no column {error.args[0]}") from None


def spelled(
    fields: Iterable[FormField], pairs: Iterable[tuple[str | None, str | None]]
) -> tuple[FormField, ...]:
    """Those of `fields` that a source has, once for each way in which it spells them.

    `pairs` are the templates and answer numbers of the source.
    """
    types = {(normal(field.template), normal(field.answer_no)): field.type for field in fields}
    found = (
        (template, answer_no, types.get((normal(template), normal(answer_no))))
        for template, answer_no in pairs
    )
    return tuple(
        FormField(template or "", answer_no or "", type) for template, answer_no, type in found if type
    )
