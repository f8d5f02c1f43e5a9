"""One unchanging view of the warehouse to read from, and folders that are whole or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from care_reviews.errors import ExportRefusedError
from care_reviews.site import folders


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose queries all see the same moment, and which writes nothing."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def write(folder: Path, contents: Mapping[str, bytes], is_for_owner_alone: bool = False) -> None:
    """Put these files into a folder of their own, whole.

    Raises ExportRefusedError where a folder of that name holds anything that no export wrote: it is not
    thrown away.
    """
    if folder.is_dir():
        others = sorted(path.name for path in folder.iterdir() if path.name not in contents)
        if others:
            raise ExportRefusedError(
                f"{folder} holds {others[0]}, which is not of this export: choose another folder with --to"
            )
    mask = os.umask(0o077 if is_for_owner_alone else 0o022)
    try:
        folders.write(folder, contents)
    finally:
        os.umask(mask)
