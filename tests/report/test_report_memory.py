"""What a pack needs of a machine. How long it takes is asked by `make bench`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import AUTHORITY
from tests.report.conftest import YEAR, Reported

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

MEGABYTES = 300
MAKE = """
import os, sys
from sqlalchemy import make_url
from benchmarks.peak_memory import peak_megabytes
from care_reviews import connections, report
from care_reviews.report.year import Year
from care_reviews.settings import get_settings

engine = connections.make_engine(make_url(os.environ["READER"]))
pack = report.make(engine, get_settings(), sys.argv[1], Year.of(sys.argv[2]))
assert pack.pdf.is_file()
print(peak_megabytes())
"""


def test_a_pack_is_made_in_little_memory(reported: Reported, tmp_path: Path) -> None:
    url = reported.reader.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-c", MAKE, AUTHORITY, YEAR.label],
        env=os.environ | {"READER": url, "CARE_REVIEWS_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < MEGABYTES
