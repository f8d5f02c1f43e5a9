"""Places for the servers that tests start."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server_home() -> Iterator[Path]:
    """A CARE_REVIEWS_HOME for a server, with a space in its path; removed at the end.

    Not one of pytest's folders: each pytest that starts closes those to every account but its own, and the
    server's account is another one when root runs the tests.
    """
    folder = Path(tempfile.mkdtemp(prefix="care reviews "))
    yield folder / "home"
    shutil.rmtree(folder, ignore_errors=True)
