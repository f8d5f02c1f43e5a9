"""What the annual report's page and PDF cost: a process of their own, from its start to its end."""

from __future__ import annotations

import subprocess
import sys
import time

MAKE = """
from benchmarks.peak_memory import peak_megabytes
from care_reviews import report
from care_reviews.connections import make_engine
from care_reviews.server import embedded
from care_reviews.settings import get_settings

engine = make_engine(embedded.url("warehouse", "admin"))
report.make(engine, get_settings(), get_settings().authority, None)
print(peak_megabytes())
"""


def report_pack() -> tuple[float, float]:
    """Seconds and MB of the report of the newest publication."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", MAKE], check=True, capture_output=True, text=True)
    return time.perf_counter() - started, float(done.stdout)
