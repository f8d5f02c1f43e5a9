"""Data Docs: a night's results as pages to read, `<authority>/<as_known>/index.html` in their folder.

The pages hold sentences and counts alone. Great Expectations renders them; what its templates would fetch
from elsewhere (styles, scripts, pictures) is taken out, so that they open without a network and tell nobody
that they do.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)

from care_reviews.lock import Extract
from care_reviews.secret_files import private
from care_reviews.validation.context import in_memory
from care_reviews.validation.judge import Judged
from care_reviews.validation.verdict import GateResult, Outcome

NIGHTS_KEPT = 60
STYLE = Path(__file__).with_name("docs.css")

TAKEN_OUT = re.compile(
    r"<script\b.*?</script>|<footer\b.*?</footer>|<link\b[^>]*>|<img\b[^>]*>|[\w-]+:\s*url\([^)]*https?:[^;]*;",
    re.DOTALL | re.IGNORECASE,
)
LINKS_ELSEWHERE = re.compile(
    r"<a\b[^>]*\bhref=\"(?:https?:|[^\"]*/expectations/)[^>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE
)


def write(pages: Path, extract: Extract, gates: Iterable[tuple[GateResult, list[Judged]]]) -> Path:
    """Write a night into the folder `pages`, in place of an earlier try; gives the night's index page.

    Only the pages of the newest nights are kept: the results of all are in `audit.validation_result`.
    """
    folder = pages / extract.authority_code.lower()
    night, making = folder / str(extract.as_known), folder / f".{extract.as_known}.making"
    shutil.rmtree(making, ignore_errors=True)
    private(pages)  # exact counts stand in it
    making.mkdir(parents=True)
    gates = list(gates)
    _build(making, extract, [judged for _, pages in gates for judged in pages])
    _complete_in_itself(making)
    (making / "index.html").write_text(_index(extract, making, gates), encoding="utf-8")
    shutil.rmtree(night, ignore_errors=True)
    making.rename(night)
    for old in sorted(path for path in folder.iterdir() if not path.name.startswith("."))[:-NIGHTS_KEPT]:
        shutil.rmtree(old)
    return night / "index.html"


def _build(folder: Path, extract: Extract, judged: Iterable[Judged]) -> None:
    context = in_memory({"night": _site(folder)})
    run = RunIdentifier(run_name=f"extract {extract.extract_id}")
    for suite, result in judged:
        batch = str((suite.meta or {})["batch"])
        key = ValidationResultIdentifier(ExpectationSuiteIdentifier(suite.name), run, batch)
        context.validation_results_store.set(key, result)
    context.build_data_docs(["night"])


def _site(folder: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "site_section_builders": {"expectations": "None", "profiling": "None"},
    }


def _complete_in_itself(folder: Path) -> None:
    shutil.rmtree(folder / "static", ignore_errors=True)
    for page in folder.rglob("*.html"):
        words = LINKS_ELSEWHERE.sub(r"\1", TAKEN_OUT.sub("", page.read_text(encoding="utf-8")))
        page.write_text(words.replace("</head>", f"{_style()}</head>", 1), encoding="utf-8")


def _index(extract: Extract, folder: Path, gates: Iterable[tuple[GateResult, list[Judged]]]) -> str:
    title = f"Validation of {extract.authority_code}, night of {extract.as_known}"
    body = "\n".join(line for gate, judged in gates for line in _gate(folder, gate, judged))
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>{_style()}</head>\n"
        f"<body><h1>{escape(title)}</h1>\n{body}\n</body></html>\n"
    )


def _gate(folder: Path, gate: GateResult, judged: Iterable[Judged]) -> Iterator[str]:
    yield f'<h2>Gate {gate.gate}: <span class="{gate.word}">{gate.word}</span></h2>'
    yield f"<ul>{''.join(f'<li>{escape(message)}</li>' for message in gate.messages)}</ul>"
    yield "<table><tr><th>Judged</th><th>Met</th><th>Not applicable</th><th>Warn</th><th>Stop</th></tr>"
    for suite, _ in judged:
        meta = suite.meta or {}
        own = {str((expectation.meta or {})["id"]) for expectation in suite.expectations}
        outcomes = [outcome for outcome in gate.outcomes if outcome.expectation in own]
        page = next(folder.glob(f"validations/{gate.gate}/{meta['batch']}/**/*.html")).relative_to(folder)
        cells = "".join(f'<td class="number">{count}</td>' for count in _counts(outcomes))
        yield f'<tr><td><a href="{page.as_posix()}">{meta["batch"]}</a></td>{cells}</tr>'
    yield "</table>"


def _counts(outcomes: list[Outcome]) -> tuple[int, int, int, int]:
    failed = [outcome.severity for outcome in outcomes if not outcome.success]
    empty = sum(not outcome.is_applicable for outcome in outcomes)
    return len(outcomes) - len(failed) - empty, empty, failed.count("warn"), failed.count("stop")


def _style() -> str:
    return f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>"
