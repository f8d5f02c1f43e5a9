"""The service's own words on each section: Markdown files that no command ever writes, shown as safe text.

Of Markdown paragraphs, headings, lists, quotes, bold and italic letters count. HTML, links and pictures do
not: they stand on the page as they were typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

from care_reviews.errors import ReportRefusedError
from care_reviews.report.year import Year
from care_reviews.settings import Settings
from care_reviews.web.text import seen

RULES = ("heading", "list", "blockquote", "emphasis", "newline", "escape", "balance_pairs", "fragments_join")
# Headings of the page are of levels 1 to 3.
HEADING = "h4"


def folder_of(settings: Settings, authority_code: str, year: Year) -> Path:
    """Where a council's commentary on a year lies: `<section>.md`."""
    return settings.commentary / authority_code.lower() / year.label


def read(folder: Path, names: Iterable[str]) -> dict[str, Markup]:
    """Section → its commentary, of the files that exist. Raises ReportRefusedError for what is no text."""
    found = {}
    for name in names:
        file = folder / f"{name}.md"
        if file.is_file():
            try:
                written = file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                raise ReportRefusedError(f"{file} is not UTF-8 text: save it as UTF-8") from None
            if written.strip():
                found[name] = safe(written)
    return found


def safe(written: str) -> Markup:
    """Markdown as HTML that holds nothing but its own few elements."""
    parser = MarkdownIt("zero", {"html": False}).enable(list(RULES), ignoreInvalid=True)
    tokens = parser.parse(seen(written))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = HEADING
    # The parser escapes all text; no rule that is on writes an attribute.
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704
