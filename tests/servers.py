"""Places for the servers that tests start."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY, ROOM = "/dev/shm", 8 * 2**30  # noqa: S108 (each takes a folder of its own there)


@contextmanager
def server_home() -> Iterator[Path]:
    """A CARE_REVIEWS_HOME for a server, with a space in its path; removed at the end.

    Not one of pytest's folders: each pytest that starts closes those to every account but its own, and the
    server's account is another one when root runs the tests. In memory where there is room: the tests copy a
    thousand databases of a thousand files.
    """
    folder = Path(tempfile.mkdtemp(prefix="care reviews ", dir=_in_memory()))
    yield folder / "home"
    shutil.rmtree(folder, ignore_errors=True)


def _in_memory() -> str | None:
    try:
        return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None
    except OSError:
        return None
