"""Jinja for pages of our own: every value is escaped, and nothing comes from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from care_reviews.web import text


def environment(*templates: Path) -> Environment:
    """Templates of folders, of which the first that has one counts: what they write is escaped, what they do
    not know is an error, and text is made plain first.
    """
    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=text.plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style_hash(style: str) -> str:
    """What a page's policy says of the one style that it allows: its digest."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
