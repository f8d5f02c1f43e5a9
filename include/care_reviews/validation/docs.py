"""Data Docs: a night's results as pages to read, under `<home>/data-docs/<authority>/<as_known>/index.html`.

The pages hold sentences and counts alone. They are made complete in themselves: whatever the page templates would
fetch from elsewhere (styles, scripts, pictures) is taken out, and one small style sheet takes its place.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import great_expectations as gx
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)

from care_reviews.lock import Extract
from care_reviews.validation.judge import Judged

NIGHTS_KEPT = 60
STYLE = Path(__file__).with_name("docs.css")

# What points outside the page's own folder.
REMOTE = re.compile(
    r"<script[^>]*\bsrc=[\"']https?:[^>]*>.*?</script>|<link[^>]*\bhref=[\"']https?:[^>]*>|<img[^>]*\bsrc=[\"'][^>]*>"
    r"|<a[^>]*\bhref=[\"']https?:[^>]*>.*?</a>",
    re.DOTALL | re.IGNORECASE,
)


def folder_of(home: Path, authority_code: str) -> Path:
    return home / "data-docs" / authority_code.lower()


def write(home: Path, extract: Extract, judged: Iterable[Judged]) -> Path:
    """Write the pages of a night, in place of those of an earlier try; gives the index page.

    Only the pages of the newest nights are kept: the results of all are in `audit.validation_result`.
    """
    folder = folder_of(home, extract.authority_code)
    night, making = folder / str(extract.as_known), folder / f".{extract.as_known}.making"
    shutil.rmtree(making, ignore_errors=True)
    _build(making, extract, judged)
    _complete_in_itself(making)
    shutil.rmtree(night, ignore_errors=True)
    making.rename(night)
    for old in sorted(path for path in folder.iterdir() if not path.name.startswith("."))[:-NIGHTS_KEPT]:
        shutil.rmtree(old)
    return night / "index.html"


def _build(folder: Path, extract: Extract, judged: Iterable[Judged]) -> None:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    run = RunIdentifier(run_name=f"{extract.as_known} extract {extract.extract_id}")
    for suite, result in judged:
        key = ValidationResultIdentifier(ExpectationSuiteIdentifier(suite.name), run, str((suite.meta or {})["batch"]))
        context.validation_results_store.set(key, result)
    for site in list(context.get_site_names()):
        context.delete_data_docs_site(site)
    context.add_data_docs_site(
        site_name="night",
        site_config={
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "site_section_builders": {"expectations": "None", "profiling": "None"},
        },
    )
    context.build_data_docs(["night"])


def _complete_in_itself(folder: Path) -> None:
    shutil.rmtree(folder / "static", ignore_errors=True)
    style = f"<style>\n{STYLE.read_text()}</style>\n</head>"
    for page in folder.rglob("*.html"):
        page.write_text(REMOTE.sub("", page.read_text()).replace("</head>", style, 1))
