"""The chain's heads in a file outside the database, one line a record, which can be kept elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from care_reviews.errors import ConfigurationError
from care_reviews.evidence import chain
from care_reviews.settings import get_settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Head:
    """A record's number and hash, as a line of the file says them."""

    number: int
    hash: str


def head_file(connection: Connection) -> Path:
    """The chain's file in this installation, named by the chain's first hash."""
    first = connection.scalar(text("select hash from audit.evidence order by evidence_id limit 1"))
    return get_settings().home / "evidence" / f"chain-{str(first)[:12]}.txt"


def write_heads(engine: Engine) -> None:
    """Add to the file the heads that it lacks. A night stands without: failing to write is told, no more."""
    try:
        with engine.connect() as connection:
            path = head_file(connection)
            known = read_heads(path)[-1].number if path.exists() else 0
            new = connection.execute(
                text(
                    "select evidence_id, hash, record ->> 'recorded_at' from audit.evidence "
                    "where evidence_id > :known order by evidence_id"
                ),
                {"known": known},
            ).all()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{number} {seal} {moment}\n" for number, seal, moment in new)
    except Exception as error:
        log.error("the head of the evidence could not be written to a file: %s", type(error).__name__)


def read_heads(path: Path) -> Sequence[Head]:
    """The heads in a file, `number hash` a line, in their order. Raises ConfigurationError."""
    try:
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        heads = [Head(int(line[0]), line[1]) for line in lines]
    except (OSError, ValueError, IndexError):
        raise ConfigurationError(f"{path} is no file of heads: see `care-reviews audit head`") from None
    if not heads:
        raise ConfigurationError(f"{path} holds no head: see `care-reviews audit head`")
    return sorted(heads, key=lambda each: each.number)


def line_of(link: chain.Link) -> str:
    """A head as a line of the file."""
    return f"{link.number} {link.hash} {link.record['recorded_at']}"
