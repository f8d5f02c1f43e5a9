"""A report as its reader has it: words, marked numbers, elements. Written apart from what wrote it."""

from __future__ import annotations

import io
import re
from collections import Counter
from html.parser import HTMLParser

from pypdf import PdfReader

VOID = {"meta", "link", "br", "img", "hr", "input"}
# Words that nobody sees: the head, and the text in place of a chart.
UNSEEN = {"head", "title", "style"}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Page(HTMLParser):
    """A page of a report."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.source = page
        self.open: list[tuple[str, dict[str, str]]] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.marked: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.unmarked: list[str] = []
        self.alts: list[str] = []
        self.captions: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag not in VOID:
            self.open.append((tag, given))
        if "data-cell" in given:
            self.marked.append((given["data-cell"], ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        inside = {tag for tag, _ in self.open}
        if self.open and self.open[-1][0] == "caption":
            self.captions.append(data)
        if {"svg", "title"} <= inside:
            self.alts.append(data)
        if inside & UNSEEN:
            return
        self.said.append(data)
        if self.open and "data-cell" in self.open[-1][1]:
            name, before = self.marked[-1]
            self.marked[-1] = (name, before + data)
        elif "svg" not in inside:
            self.unmarked.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.said).split())


def numbers_of(words: str) -> Counter[str]:
    """Every number in a text, and how often it stands there."""
    return Counter(NUMBER.findall(words))


def pdf_of(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words_of(pdf: PdfReader) -> str:
    """All words of a PDF."""
    return "\n".join(page.extract_text() for page in pdf.pages)
