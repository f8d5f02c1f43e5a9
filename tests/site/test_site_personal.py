"""No value of a person is on any page: every name, identifier, birth date, postcode and free text of the
source is looked for in every file of the site.
"""

from __future__ import annotations

import pytest

from tests import personal
from tests.faults.small_council import engine
from tests.site.conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]


def test_no_value_of_a_person_is_in_any_file(site: Site) -> None:
    values = personal.values_of(engine(site.council.source), engine(site.council.warehouse))
    files = {str(path.relative_to(site.folder)): path.read_text(encoding="utf-8") for path in site.files}
    assert len(files) > 20
    assert personal.Search(values).in_files(files) == {}
