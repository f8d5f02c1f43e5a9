"""From a pseudonym back to the record system: each look-up is in the log before its answer can be had."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, text

from care_reviews.errors import LookupRefusedError
from care_reviews.pseudonyms import LENGTH

LONGEST_REASON = 500  # characters

_PSEUDONYM = re.compile(f"[0-9a-f]{{{LENGTH}}}")
_REQUEST = text("select lookup.request(:pseudonym, :reason, :asked_by)")
_ANSWER = text("select kind, identifier from lookup.answer(:lookup_id)")


@dataclass(frozen=True)
class Case:
    """What stands behind a pseudonym: kind (child, worker, …) and the record system's identifier; both None
    where the warehouse does not know the pseudonym.
    """

    pseudonym: str
    kind: str | None = None
    identifier: str | None = None


def look_up(engine: Engine, pseudonyms: Sequence[str], reason: str, asked_by: str) -> list[Case]:
    """Write a look-up of each pseudonym into audit.case_lookup, commit, and read the answers.

    `engine` is of case_lookup or a member of it. Raises LookupRefusedError when the reason is empty or too
    long, or a pseudonym is none; nothing is looked up then.
    """
    wanted = [_plain(each) for each in pseudonyms]
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise LookupRefusedError(
            "a look-up needs a reason: say with --reason in a few words what it is for (up to "
            f"{LONGEST_REASON} characters, naming nobody), such as the number of the audit or complaint"
        )
    with engine.begin() as connection:
        numbers = [
            connection.scalar(_REQUEST, {"pseudonym": each, "reason": reason.strip(), "asked_by": asked_by})
            for each in wanted
        ]
    with engine.begin() as connection:
        answers = [connection.execute(_ANSWER, {"lookup_id": number}).one_or_none() for number in numbers]
    return [
        Case(each) if answer is None else Case(each, answer.kind, answer.identifier)
        for each, answer in zip(wanted, answers, strict=True)
    ]


def _plain(pseudonym: str) -> str:
    """The pseudonym in lower case. What is none is refused before it is written down: it may be a name."""
    plain = pseudonym.strip().lower()
    if not _PSEUDONYM.fullmatch(plain):
        raise LookupRefusedError(
            f"a pseudonym has {LENGTH} digits from 0 to 9 and a to f: copy it whole from the list"
        )
    return plain
