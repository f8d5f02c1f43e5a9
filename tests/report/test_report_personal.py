"""No value of a person is in the report, in either format, or on the board's pages."""

from __future__ import annotations

import pytest

from tests import personal
from tests.conftest import Server
from tests.faults.small_council import engine
from tests.report.conftest import Reported
from tests.report.reading import pdf_of, words_of
from tests.undisturbed import Undisturbed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]


def test_no_value_of_a_person_is_in_any_file(
    reported: Reported, undisturbed: Undisturbed, server: Server
) -> None:
    source = engine(server.admin.url.set(database=undisturbed.source))
    files = {
        str(path): path.read_text(encoding="utf-8", errors="replace")
        for folder in (reported.folder, reported.pack.page.parent)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pdf"
    } | {"the PDF": words_of(pdf_of(reported.pdf))}
    assert len(files) > 5
    search = personal.Search(personal.values_of(source, engine(reported.council.warehouse)))
    assert search.in_files(files) == {}
