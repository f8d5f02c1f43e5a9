"""What a yes-or-no column says, in whatever way a record system's driver gives it."""

from __future__ import annotations

from typing import Any

FLAGS = frozenset({"cancelled", "is_client"})
SAYING = {
    True: ("1", "t", "true", "y", "yes", "b'\\x01'"),
    False: ("0", "f", "false", "n", "no", "b'\\x00'"),
}


def says(value: Any) -> bool | None:
    """Yes or no; None where it says neither."""
    said = str(value).strip().lower()
    return next((answer for answer, words in SAYING.items() if said in words), None)


def that_decides(name: str, value: Any) -> str:
    """The text by which a column decides between rows that share a key: of a flag what it says."""
    if name in FLAGS and (said := says(value)) is not None:
        return "Y" if said else "N"
    return "" if value is None else str(value)
