"""What a page says to its reader."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path


def said(page: Path) -> str:
    """The words of a page, without its markup and with one blank between them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))).split())
