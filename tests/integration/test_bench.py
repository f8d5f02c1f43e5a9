"""The benchmark runs, does the work that it measures, and prints its ratios."""

from __future__ import annotations

import subprocess
import sys

from care_reviews.settings import PROJECT_ROOT


def test_the_benchmark_runs_on_few_rows() -> None:
    words = [sys.executable, "benchmarks/bench.py", "--rows", "20000", "--repeat", "1", "--councils", "2"]
    words += ["--without-nights"]  # whole nights have tests of their own
    done = subprocess.run(words, cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=300)
    # So few rows cost a night's fixed work and little else: the ratios may be above their limits.
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    for name in (
        "case notes, first night",
        "form answers, 0.2% changed",
        "pandas, 2,000 rows",
        "councils against",
    ):
        assert name in done.stdout, done.stdout
