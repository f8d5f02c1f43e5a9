"""The colours of a report, by what they are for, on a light screen, on a dark one and on paper."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT = {
    "paper": "#ffffff",
    "sheet": "#f4f6f8",
    "ink": "#16212b",
    "soft": "#4c5a66",
    "line": "#c9d1d8",
    "accent": "#12436d",
    "link": "#0b4f86",
    "series": "#12436d",
    "second": "#1f7f76",
    "last": "#a84d0e",
    "signal": "#b3261e",
    "band": "#e4ebf1",
    "focus": "#a84d0e",
}
DARK = {
    "paper": "#12171c",
    "sheet": "#1a2128",
    "ink": "#e9ecef",
    "soft": "#aeb8c1",
    "line": "#3a4650",
    "accent": "#9cc8ee",
    "link": "#9cc8ee",
    "series": "#7fb6e6",
    "second": "#5cc3b5",
    "last": "#f0a35e",
    "signal": "#ff8f86",
    "band": "#232d36",
    "focus": "#f0a35e",
}
PAPER = LIGHT
# Texts, and shapes that carry a meaning, with what they lie on.
TEXTS = (
    ("ink", "paper"),
    ("ink", "sheet"),
    ("soft", "paper"),
    ("soft", "sheet"),
    ("link", "paper"),
    ("link", "sheet"),
    ("accent", "paper"),
    ("accent", "sheet"),
    ("ink", "band"),
    ("paper", "series"),
)
SHAPES = tuple(
    (name, under) for name in ("series", "second", "last", "signal", "soft") for under in ("paper", "band")
)


def variables(colours: Mapping[str, str]) -> str:
    """Colours as custom properties of a style sheet."""
    return " ".join(f"--{name}: {value};" for name, value in colours.items())


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2), from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
