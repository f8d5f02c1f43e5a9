"""The one text form of every value, whatever driver it came from.

Whole numbers without leading zeros or decimals; moments `YYYY-MM-DD HH:MM:SS`, with a fraction only when
there is one; what says yes or no as `Y` or `N`; everything else as the source gives it. Work goes a column of
a batch at a time: nearly always all of its values pass one test together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NoneType = type(None)
Texts = list[str | None]

LARGEST = 2**63 - 1
_NUMBER = re.compile(r"\s*([+-]?)0*(\d+)(?:\.0*)?\s*", re.ASCII)
_TIME = r"(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d){_TIME}", re.ASCII)
_DAY_FIRST = re.compile(rf"(\d\d)/(\d\d)/(\d{{4}}){_TIME}", re.ASCII)
_YES = frozenset({"y", "yes", "t", "true", "1"})
_NO = frozenset({"n", "no", "f", "false", "0"})


class UnreadableError(ValueError):
    """A value that cannot be read; the message says why in words without the value."""


def integers(values: Sequence[object], typed: bool) -> tuple[Texts, dict[int, str]]:
    """Canonical whole numbers, and what is wrong with those that are none, by position.

    `typed` texts are known to be whole numbers.
    """
    kinds = set(map(type, values))
    if typed and kinds <= {str, NoneType}:
        return list(values), {}  # type: ignore[arg-type]
    if kinds <= {int, NoneType}:
        texts: Texts = [None if value is None else str(value) for value in values]
        longest = max((len(text) for text in texts if text), default=0)
        if longest < len(str(LARGEST)):
            return texts, {}
    return _one_by_one(values, integer)


def moments(values: Sequence[object], typed: bool) -> tuple[Texts, dict[int, str]]:
    """Canonical moments, and what is wrong with those that are none, by position. `typed`: of a date
    column.
    """
    kinds = set(map(type, values))
    if kinds == {dt.datetime} or kinds == {dt.datetime, NoneType}:
        texts: Texts = [None if value is None else str(value) for value in values]
    elif typed and kinds <= {str, NoneType}:
        texts = list(values)  # type: ignore[arg-type]
    else:
        return _one_by_one(values, moment)
    if set(map(len, filter(None, texts))) <= {len("YYYY-MM-DD HH:MM:SS")}:
        return texts, {}
    return _one_by_one(values, moment)


def texts(values: Sequence[object], trust: bool = False) -> tuple[Texts, dict[int, str]]:
    """Texts as they are, and what is wrong with those that are none, by position.

    With `trust` a text is not looked into: the caller makes sure that it can be stored.
    """
    if trust and set(map(type, values)) <= {str, NoneType}:
        return list(values), {}  # type: ignore[arg-type]
    return _one_by_one(values, text)


def flags(values: Sequence[object]) -> tuple[Texts, dict[int, str]]:
    """What yes-or-no values say, and what is wrong with those that are no text, by position."""
    if set(map(type, values)) <= {str, NoneType} and set(values) <= {"Y", "N", None}:
        return list(values), {}  # type: ignore[arg-type]
    return _one_by_one(values, flag)


def is_plain(words: str) -> bool:
    """Whether a text can be stored: no NUL, and nothing that UTF-8 cannot write."""
    return encoded(words) is not None


def encoded(words: str) -> bytes | None:
    """A text in UTF-8, None when it cannot be stored."""
    if "\0" in words:
        return None
    try:
        return words.encode()
    except UnicodeEncodeError:
        return None


def integer(value: object) -> str | None:
    """A whole number's text; blank is null. Raises UnreadableError."""
    if value is None:
        return None
    if isinstance(value, Decimal | float):
        if not _is_finite(value) or value != int(value):
            raise UnreadableError("is not a whole number")
        value = int(value)
    words = text(value) or ""
    if not words.strip():
        return None
    found = _NUMBER.fullmatch(words)
    if not found or isinstance(value, bool):
        raise UnreadableError("is not a whole number")
    number = int(found[1] + found[2])
    if not -LARGEST - 1 <= number <= LARGEST:
        raise UnreadableError("is too large a number")
    return str(number)


def moment(value: object) -> str | None:
    """A date's or time's text; blank is null. A time with a zone becomes London's. Raises UnreadableError."""
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return _moment_text(value.astimezone(LONDON).replace(tzinfo=None) if value.tzinfo else value)
    if isinstance(value, dt.date):
        return f"{value} 00:00:00"
    if not isinstance(value, str | bytes):
        raise UnreadableError("is not a date")
    return moment_of_text(text(value) or "")


def flag(value: object) -> str | None:
    """`Y` or `N` where a value says yes or no, be it a truth value, a bit, a number or a word.

    Any other text stays as it is: what it means is nobody's guess. Raises UnreadableError.
    """
    if isinstance(value, bool | int | float | Decimal) and value in (0, 1):
        return "Y" if value else "N"
    if isinstance(value, bytes | memoryview) and value in (b"\0", b"\1"):
        return "Y" if value == b"\1" else "N"
    words = text(value)
    said = (words or "").strip().lower()
    return "Y" if said in _YES else "N" if said in _NO else words


@lru_cache(maxsize=65536)
def moment_of_text(words: str) -> str | None:
    """The moment that a text says, `YYYY-MM-DD` or `DD/MM/YYYY` with or without a time; blank is null.

    A time with a zone becomes London's.
    """
    words = words.strip()
    if not words:
        return None
    if found := _YEAR_FIRST.fullmatch(words):
        year, month, day = found[1], found[2], found[3]
    elif found := _DAY_FIRST.fullmatch(words):
        year, month, day = found[3], found[2], found[1]
    else:
        raise UnreadableError("is not a date")
    hour, minute, second = (int(part or 0) for part in found.groups()[3:6])
    try:
        whole = dt.datetime(int(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001
    except ValueError:
        raise UnreadableError("is not a date of the calendar") from None
    if found[8]:
        whole = _in_london(whole, found[8])
    fraction = (found[7] or "").rstrip("0")
    return f"{whole}.{fraction}" if fraction else str(whole)


def _in_london(whole: dt.datetime, zone: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(f"{whole}{zone}").astimezone(LONDON).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise UnreadableError("is not a date of the calendar") from None


def text(value: object) -> str | None:
    """A value as text. Raises UnreadableError when it is none."""
    if value is None:
        return None
    if isinstance(value, memoryview):
        value = bytes(value)
    if isinstance(value, bytes):
        return _decoded(value)
    if isinstance(value, dt.datetime):
        return _moment_text(value)
    if isinstance(value, Decimal) and _is_finite(value) and value == int(value):
        value = int(value)  # a column of identifiers that was made a decimal one holds the same
    words = str(value)
    if not is_plain(words):
        raise UnreadableError("holds characters that are no text")
    return words


def _decoded(value: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            words = value.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in words:
            return words
    raise UnreadableError("holds characters that are no text")


def _is_finite(value: Decimal | float) -> bool:
    return value == value and abs(value) != float("inf")


def _moment_text(value: dt.datetime) -> str:
    words = str(value)
    return words.rstrip("0") if "." in words else words


def _one_by_one(
    values: Sequence[object], read: Callable[[object], str | None]
) -> tuple[Texts, dict[int, str]]:
    found: Texts = []
    wrong = {}
    for position, value in enumerate(values):
        try:
            found.append(read(value))
        except UnreadableError as error:
            found.append(shown(value))
            wrong[position] = str(error)
    return found, wrong


def shown(value: object) -> str:
    """An unreadable value as text that a database can hold: what is no text becomes a question mark in a
    lozenge.
    """
    words = str(bytes(value), "utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
    return words.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
