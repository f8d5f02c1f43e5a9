"""From a batch of source rows to lines for COPY, each with its content hash, and rows for the quarantine."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from care_reviews.source.canonical import Texts, encoded, is_plain
from care_reviews.source.catalog import VOLATILE, Column
from care_reviews.source.readability import read_column, span, wrong_date
from care_reviews.source.site_map import FormField, normal
from care_reviews.source.statements import ANSWER, ANSWER_NO, TEMPLATE

NULL = "\\N"
_NULL_AT_END = f"\t{NULL}\n".encode()
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True)
class Unreadable:
    """A row for the quarantine, whole. `place` is its position in what was read; `form_id` links it to its
    form while it is staged.
    """

    place: int
    record_key: str | None
    column: str
    reason: str
    payload: str
    form_id: str | None


@dataclass(frozen=True)
class Batch:
    """Readable rows, by column as canonical texts, row by row as COPY writes their content, and as the bytes
    that they are known by (see `contents_of`); unreadable rows.
    """

    columns: dict[str, Texts]
    lines: list[str]
    contents: list[bytes]
    unreadable: list[Unreadable]

    def __len__(self) -> int:
        return len(self.lines)


class Reader:
    """Reads the batches of one table on one night.

    `typed` has the columns whose texts the source's engine vouches for. `landed`: the content of a row by the
    landing table's columns in their order, which decides what a row's hash is; what is not read of them is
    null. Ids that are issued anew overnight are no content: they are read, but neither hashed nor kept in the
    quarantine.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        as_known: dt.date,
        typed: frozenset[str] = frozenset(),
        fields: Sequence[FormField] = (),
        landed: Sequence[str] = (),
    ) -> None:
        self.columns = columns
        self.content = list(landed) or [column.name for column in columns if column.name not in VOLATILE]
        self.links = [column.name for column in columns if column.name in VOLATILE]
        self._key = next((c.name for c in columns if c.kind == "key" and c.name not in VOLATILE), None)
        self._typed = typed
        self._spans = {kind: span(kind, as_known) for kind in ("moment", "birth")}
        self._dates = {(normal(f.template), normal(f.answer_no)) for f in fields if f.type == "date"}

    @property
    def rules(self) -> str:
        """All that decides what is made of a row, but the code and the night."""
        return repr((self.columns, self.content, sorted(self._typed), sorted(self._dates)))

    def read(self, rows: Sequence[tuple[Any, ...]]) -> Batch:
        """Canonical texts and verdicts of some rows, which have `columns` in their order."""
        batch = self._read(rows, trust=True)
        # Texts are looked into only when something in the batch cannot be stored.
        return batch if batch is not None else self._read(rows, trust=False)  # type: ignore[return-value]

    def _read(self, rows: Sequence[tuple[Any, ...]], trust: bool) -> Batch | None:
        found: dict[str, Texts] = {}
        wrong: dict[int, tuple[str, str]] = {}
        for column, values in zip(self.columns, zip(*rows, strict=True), strict=True):
            texts, faults = read_column(column, values, column.name in self._typed, self._spans, trust)
            found[column.name] = texts
            if column.name == ANSWER and self._dates:
                faults |= self._typed_dates(found)
            for position, reason in faults.items():
                wrong.setdefault(position, (column.name, reason))
        if (
            trust
            and wrong
            and not is_plain("".join(text for texts in found.values() for text in texts if text))
        ):
            return None
        unreadable = [self._unreadable(found, position, *wrong[position]) for position in sorted(wrong)]
        if wrong:
            good = [position for position in range(len(rows)) if position not in wrong]
            found = {name: [texts[position] for position in good] for name, texts in found.items()}
        nothing: Texts = [None] * (len(rows) - len(wrong))
        lines, words = _lines([found.get(name, nothing) for name in self.content])
        stored = encoded(words) if trust else words.encode()
        return None if stored is None else Batch(found, lines, contents_of(stored), unreadable)

    def _typed_dates(self, found: dict[str, Texts]) -> dict[int, str]:
        """What is wrong with answers that must hold a date or nothing; each different one is read once."""
        answers = list(zip(found[TEMPLATE], found[ANSWER_NO], found[ANSWER], strict=True))
        wrong = {
            answer: reason
            for answer in set(answers)
            if (normal(answer[0]), normal(answer[1])) in self._dates
            and (reason := wrong_date(answer[2], self._spans["moment"]))
        }
        if not wrong:
            return {}
        return {position: wrong[answer] for position, answer in enumerate(answers) if answer in wrong}

    def _unreadable(self, found: dict[str, Texts], position: int, column: str, reason: str) -> Unreadable:
        row = {name: texts[position] for name, texts in found.items()}
        payload = {name: text for name, text in row.items() if name not in VOLATILE or name == column}
        form_id = next((row[name] for name in ("fact_form_id", "fact_outcm_form_id") if name in row), None)
        key = row[self._key] if self._key else None
        return Unreadable(position, key, column, reason, json.dumps(payload, sort_keys=True), form_id)


def contents_of(lines: bytes) -> list[bytes]:
    """What each row is known by: its line, which has an end, without the nulls behind its last value.

    So a column that landing is given later, as its last, leaves the rows that do not hold it as they were.
    """
    while _NULL_AT_END in lines:
        lines = lines.replace(_NULL_AT_END, b"\n")
    return lines.split(b"\n")[:-1]


def hashes_of(contents: Sequence[bytes]) -> list[str]:
    """The hash of each row's content, 32 hexadecimal digits: the first half of its SHA-256.

    `evidence/landed_rows.py` has the database make the same of a landed row.
    """
    return [sha256(content).hexdigest()[:32] for content in contents]


def to_lines(columns: Sequence[Texts]) -> list[str]:
    """Rows as lines of COPY's text format, without the line's end. Two rows share a line only when they are
    alike.
    """
    return _lines(columns)[0]


def _lines(columns: Sequence[Texts]) -> tuple[list[str], str]:
    """The same, and all of them as one text, each with its end."""
    if not columns or not columns[0]:
        return [], ""
    nulls = sum(texts.count(None) for texts in columns)
    marked = [
        [NULL if text is None else text for text in texts] if None in texts else texts for texts in columns
    ]
    lines = list(map("\t".join, zip(*marked, strict=True)))
    joined = "\n".join(lines) + "\n"
    separated = joined.count("\t") == len(lines) * (len(columns) - 1) and joined.count("\n") == len(lines)
    if separated and joined.count("\\") == nulls and "\r" not in joined:
        return lines, joined
    lines = ["\t".join(map(to_cell, cells)) for cells in zip(*columns, strict=True)]
    return lines, "\n".join(lines) + "\n"


def cells_of(texts: Texts) -> list[str]:
    """Canonical numbers or moments as cells of COPY's text format: there is nothing in them to escape."""
    return _marked(texts)


def to_cell(text: str | None) -> str:
    """A value as COPY's text format writes it."""
    return NULL if text is None else text.translate(_ESCAPES)


def _marked(texts: Texts) -> list[str]:
    return [NULL if text is None else text for text in texts] if None in texts else texts  # type: ignore[return-value]
