"""Text that no spreadsheet takes for a formula, and CSV made of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What a spreadsheet begins a formula with, the wide forms of East Asian keyboards among them.
STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def plain(words: str) -> str:
    """A text on one line, without outer blanks; one that begins like a formula gets an apostrophe in front.

    Opened in a spreadsheet the apostrophe says that what follows is text. No control character stays: a tab
    or line break in front would hide what a formula begins with.
    """
    line = one_line(words)
    return f"'{line}" if line.startswith(STARTS) else line


def one_line(words: str) -> str:
    """A text without control characters and outer blanks: what is to stand in one cell."""
    return _CONTROLS.sub(" ", words).strip()


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of texts as CSV by RFC 4180: UTF-8 without a mark, lines end in CR LF, quotes where needed.

    Every cell goes through `plain`.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
