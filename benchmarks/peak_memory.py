"""The most memory that a process had of its own."""

from __future__ import annotations

import re
from pathlib import Path


def peak_megabytes() -> float:
    """Of this process since it began. The usual count (ru_maxrss) has that of the process that it was forked
    from as well.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found, "the system tells no process how much memory it had"
    return int(found[1]) / 1024
