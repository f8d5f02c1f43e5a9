"""Pages for readers in a browser: what dbt says of every model and column, and a first page.

They follow from the code alone, so no database is asked and no value of the data can be in them. A web
server shows them beside the auditor's site (`site/`), which says what validation found of each night, as
`audit`, the board's pages (`board/`) as `board` and the annual reports (`report/`) as `report`. Data Docs
(`validation/docs.py`), whose counts are exact, are not served.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from sqlalchemy import URL

from care_reviews import dbt

MODELS = "models.html"
AUDIT = "audit"
REPORT = "report"
BOARD = "board"
DOCS = ["docs", "generate", "--static", "--empty-catalog", "--no-populate-cache"]
# The names that the pages show; nothing connects.
NOWHERE = URL.create("postgresql", host="localhost", database="warehouse")
NOBODY = {"authority_code": "council"}
FIRST = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Care Reviews</title>
<style>body {{ font-family: system-ui, sans-serif; margin: 2rem auto; max-width: 40rem }}</style></head>
<body><h1>Care Reviews</h1>
<ul>
<li><a href="{BOARD}/">Board’s pages</a>: how it goes month by month, by council</li>
<li><a href="{AUDIT}/">Auditor’s site</a>: validation results and evidence, by council and night</li>
<li><a href="{REPORT}/">Annual reports</a>: as pages and as PDF, by council, year and publication</li>
<li><a href="{MODELS}">Models</a>: every table and column, what it means and where it comes from</li>
</ul>
</body></html>
"""


def write(folder: Path) -> Path:
    """Write the pages into a folder, which is made where it is missing, and give the first page.

    Raises BuildError when dbt cannot read its project.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        dbt.run(NOWHERE, "candidate", DOCS, NOBODY, Path(work))
        shutil.copyfile(Path(work) / "target" / "static_index.html", folder / MODELS)
    first = folder / "index.html"
    first.write_text(FIRST, encoding="utf-8")
    return first
