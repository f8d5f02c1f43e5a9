"""The chain itself: numbers without a gap, each record sealed, each seal on the one before."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from care_reviews.evidence.chain import BEGINNING, Link, hash_of, links, refuse_other_form
from care_reviews.evidence.head_file import read_heads
from care_reviews.evidence.verify.found import EvidenceBrokenError, Records, same
from care_reviews.marts import read_marts
from care_reviews.warehouse import guards
from care_reviews.warehouse.digest_functions import differing
from care_reviews.warehouse.view_check import differing_views


def check_chain(connection: Connection) -> list[Link]:
    """The records of a chain that holds together. Raises EvidenceBrokenError where it does not, and
    ConfigurationError when it was begun in another form.
    """
    found: list[Link] = []
    previous_hash = BEGINNING
    for link in links(connection):
        place = len(found) + 1
        if link.number != place:
            raise EvidenceBrokenError(f"record {place}", "nothing", f"what stood before record {link.number}")
        same(f"the number in {link}", link.record.get("number"), link.number)
        same(f"the previous hash in {link}", link.previous_hash, previous_hash)
        same(f"the hash of {link}", link.hash, hash_of(previous_hash, link.record))
        same(f"the kind of {link}", (link.kind == "begun"), (place == 1))
        previous_hash = link.hash
        found.append(link)
    if not found:
        raise EvidenceBrokenError("record 1", "nothing", "when the chain began")
    refuse_other_form(found[0])
    return found


def check_heads(records: Records, file: Path) -> int:
    """Hold the chain against heads that were kept elsewhere; gives how many."""
    heads = read_heads(file)
    for head in heads:
        there = records.links[head.number - 1].hash if 0 < head.number <= len(records.links) else None
        same(f"record {head.number}, by the heads in {file.name}", there, head.hash)
    return len(heads)


def check_functions(connection: Connection) -> None:
    """The functions that digest what a verifier may not read must do what this version makes them do: whoever
    owns the database could have them give what the records say.
    """
    for signature in differing(connection, read_marts()):
        raise EvidenceBrokenError(
            f"function {signature}",
            "something else than this version of the code deploys",
            "what `care-reviews deploy` makes of it",
        )


def check_guards(connection: Connection) -> None:
    """The triggers that keep records and findings from being changed must be on, and call what they did."""
    for name, (table, _, _) in guards.TRIGGERS.items():
        there = guards.trigger_there(connection, name)
        same(f"trigger {name} of {table}", there, guards.trigger_made(name))
    for function in guards.FUNCTIONS:
        if guards.body_there(connection, function) != guards.body_made(function):
            raise EvidenceBrokenError(
                f"function {function}()",
                "something else than the migrations made",
                "what they made, which refuses the change",
            )


def check_views(connection: Connection) -> None:
    """What readers read must be what the digests speak of: the histories, through views that take nothing
    away and change nothing.
    """
    for name in differing_views(connection, read_marts()):
        raise EvidenceBrokenError(
            f"what readers see as {name}",
            "something else than this version of the code deploys",
            "what `care-reviews deploy` makes of it",
        )
