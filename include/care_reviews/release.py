"""Who lets a publication out: the gates on every night, a named person where it is marked as a return."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from care_reviews.errors import ConfigurationError, NightRefusedError
from care_reviews.evidence.records import NEWEST_GATES
from care_reviews.lock import current_extract
from care_reviews.night import Night
from care_reviews.settings import get_settings

GATES = "gates"
NOBODY = "nobody"
RELEASE, REFUSE = "Release", "Refuse"
# The longest comment that is kept; Airflow's own page lets nobody write a longer one.
LONGEST_COMMENT = 2000
# Nobody reads figures before they are published: what is not as usual about them the last gate says.
_WARNED = text(
    "select says from audit.validation_result where validation_id = :validation_id and not success "
    "and says is not null order by position"
)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")


@dataclass(frozen=True)
class Release:
    """Who or what let a publication out, or refused to. A night without a return has `by` alone: the gates.

    `at` carries its zone.
    """

    by: str = GATES
    return_name: str | None = None
    is_refused: bool = False
    at: dt.datetime | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Question:
    """What the approver is asked: a line, and what there is to know (Markdown)."""

    subject: str
    body: str


def question(connection: Connection, night: Night, return_name: str) -> Question:
    """What to ask of a return that the gates let pass.

    Raises ConfigurationError when nobody is named who may release, NightRefusedError when the night is not
    the current one.
    """
    approvers = get_settings().approver_names
    if not approvers:
        raise ConfigurationError(
            f"{return_name} is a return, and nobody is named who may release it: set CARE_REVIEWS_APPROVERS, "
            "start Airflow anew and clear this task; or run the night without a return"
        )
    extract = current_extract(connection, night)
    rows = connection.execute(NEWEST_GATES, {"extract_id": extract.extract_id}).all()
    gates = "\n".join(
        f"- {row.gate} gate: {row.verdict}, {row.passed} passed, {row.warned} warned" for row in rows
    )
    marts = {"validation_id": max((row.validation_id for row in rows if row.gate == "marts"), default=None)}
    warned = "\n".join(f"- {_as_text(says)}" for says in connection.scalars(_WARNED, marts))
    body = (
        f"Council {night.authority_code}, night of {night.as_known}, extract {extract.extract_id}.",
        gates,
        f"What should hold of the figures, and does not:\n\n{warned}"
        if warned
        else "Nothing that should hold of the figures does not.",
        "What is wrong in the records `care-reviews quality` lists.",
        f"Released, it is published and marked as {return_name}; refused, the last publication stands. Who "
        f"answers, when, and the comment are kept with it. Without an answer within "
        f"{get_settings().release_hours} hours it is refused.",
    )
    return Question(f"Release {return_name}, as known on {night.as_known}?", "\n\n".join(body))


def release_of(return_name: str | None, answer: Mapping[str, Any] | None) -> Release:
    """What came of a night: `answer` is what Airflow's human-in-the-loop operator gave, None where it asked
    nobody.

    Raises NightRefusedError when a return was not asked for, or was released by somebody who may not.
    """
    if return_name is None:
        return Release()
    if answer is None:
        raise NightRefusedError(
            f"{return_name} is a return: a person releases it first. Clear the task `propose`"
        )
    by = (answer.get("responded_by_user") or {}).get("id")
    is_refused = list(answer["chosen_options"]) != [RELEASE]
    if not is_refused and by not in get_settings().approver_names:
        raise NightRefusedError(
            f"{return_name} was released by {by or NOBODY}, who is not named in CARE_REVIEWS_APPROVERS: "
            "nothing was published. Clear the task `propose` to ask anew"
        )
    return Release(
        by=by or NOBODY,
        return_name=return_name,
        is_refused=is_refused,
        at=answer["responded_at"],
        comment=_plain((answer.get("params_input") or {}).get("comment")),
    )


def _as_text(words: str) -> str:
    """Words that Markdown shows as they are."""
    return _MARKDOWN.sub(r"\\\1", words)


def _plain(comment: object) -> str | None:
    """A comment on one line of printable characters, no longer than is kept; None when there is none."""
    words = " ".join("".join(c if c.isprintable() else " " for c in str(comment or "")).split())
    return words[:LONGEST_COMMENT] or None
