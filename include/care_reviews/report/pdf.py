"""The page as a PDF that is tagged for readers who hear it (PDF/UA), the same bytes for the same page."""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from care_reviews.errors import ConfigurationError

FAMILY = "Source Sans Pro"
FACES = (
    ("Regular", 400, "normal"),
    ("It", 400, "italic"),
    ("Semibold", 600, "normal"),
    ("Bold", 700, "normal"),
)
# The machine's own fonts must not be seen: which they are would show in the bytes.
NO_FONTS = Path(__file__).with_name("no-fonts.conf")


def write(page: bytes) -> bytes:
    """The PDF of a page. Raises ConfigurationError where Pango, which it needs, is not installed."""
    with _without_the_machines_fonts():
        try:
            from weasyprint import CSS, HTML
            from weasyprint.text.fonts import FontConfiguration
        except OSError:
            raise ConfigurationError(
                "a PDF needs Pango, which is not installed: apt install libpango-1.0-0 libpangoft2-1.0-0 "
                "libharfbuzz-subset0"
            ) from None
        fonts = FontConfiguration()
    fetcher = _fetcher()
    faces = CSS(string=_faces(), font_config=fonts, url_fetcher=fetcher)
    made = HTML(string=_with_glyphs(page.decode()), url_fetcher=fetcher).write_pdf(
        stylesheets=[faces],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(page).digest()[:16],
    )
    return bytes(made or b"")


@contextmanager
def _without_the_machines_fonts() -> Iterator[None]:
    """Fontconfig reads its configuration when it is loaded, and says that ours names no font."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(NO_FONTS)
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        del os.environ["FONTCONFIG_FILE"]
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before


def _faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{(_folder() / f"SourceSansPro-{name}.ttf").as_uri()}"); }}\n'
        for name, weight, style in FACES
    )


def _with_glyphs(page: str) -> str:
    """A page with a question mark for every character that the font has no glyph for: else readers who hear
    the PDF would not know that there is one.
    """
    from fontTools.ttLib import TTFont

    known = set(TTFont(_folder() / "SourceSansPro-Regular.ttf").getBestCmap()) | {ord("\n")}
    return page.translate({ord(letter): "?" for letter in set(page) if ord(letter) not in known})


def _folder() -> Path:
    import font_source_sans_pro

    return Path(font_source_sans_pro.font_directory)


def _fetcher() -> Any:
    """What fetches the fonts, and refuses all else."""
    from weasyprint.urls import URLFetcher

    class Fonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(_folder().as_uri()):
                raise ValueError("a report asks for nothing from elsewhere")
            return super().fetch(url, headers)

    return Fonts(allowed_protocols=["file"], fail_on_errors=True)
