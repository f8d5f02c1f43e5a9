"""Which publication is exported, to whom, and what stands in the folder then."""

from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path

import pytest
from sqlalchemy.exc import ProgrammingError

from care_reviews.errors import ConfigurationError, ExportRefusedError
from care_reviews.open_data import annex_a, export, files
from care_reviews.open_data.picture import publication_of, read
from tests.conftest import AUTHORITY
from tests.open_data.conftest import ANOTHER, MARCH, MAY, Ledger
from tests.open_data.pictures import picture
from tests.open_data.reading import rows_of


def test_everything_published_is_read(ledger: Ledger) -> None:
    with files.reading(ledger.warehouse.engine_as("bi_reader")) as connection:
        found = read(connection, publication_of(connection, AUTHORITY, ledger.march))
    made = picture()
    assert {*found.cells} == {*made.cells}
    assert {*found.definitions} == {*made.definitions}
    assert found.order == made.order
    assert found.publication.publication_id == ledger.march


def test_a_publication_is_chosen_by_number_by_night_or_as_the_newest(ledger: Ledger) -> None:
    with files.reading(ledger.warehouse.engine_as("bi_reader")) as connection:

        def chosen(
            authority: str = AUTHORITY, number: int | None = None, night: dt.date | None = None
        ) -> int:
            return publication_of(connection, authority, number, night).publication_id

        assert chosen(number=ledger.march) == chosen(night=MARCH) == ledger.march
        assert chosen() == ledger.without_groups  # the newer one was withdrawn
        assert chosen(ANOTHER) == ledger.another
        for number in (ledger.replaced, ledger.withdrawn, ledger.another, 999):
            with pytest.raises(ExportRefusedError, match="no such publication that readers see"):
                chosen(number=number)
        for night in (MAY, dt.date(2020, 3, 27)):
            with pytest.raises(ExportRefusedError):
                chosen(night=night)


def test_one_from_before_measures_had_groups_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    reader = ledger.warehouse.engine_as("bi_reader")
    for authority in (AUTHORITY, ANOTHER):  # of the other council there is no definition at all
        with pytest.raises(ExportRefusedError, match=r"from an\s+earlier version"):
            export(reader, authority, tmp_path)
    assert not [*tmp_path.iterdir()]


def test_the_folder_is_written_whole_and_again_with_the_same_bytes(ledger: Ledger, tmp_path: Path) -> None:
    engine = ledger.warehouse.engine_as("bi_reader")
    folder = export(engine, AUTHORITY, tmp_path / "new", ledger.march)
    assert folder.name == f"e10000030_publication-{ledger.march}"
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {"publication.json", "dataset_names.csv"} < {*first}
    (folder / "publication.json").write_text("spoilt")
    assert export(engine, AUTHORITY, tmp_path / "new", as_known=MARCH) == folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_what_somebody_else_put_there_is_kept(ledger: Ledger, tmp_path: Path) -> None:
    engine = ledger.warehouse.engine_as("bi_reader")
    folder = export(engine, AUTHORITY, tmp_path, ledger.march)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(ExportRefusedError, match=r"holds notes\.txt"):
        export(engine, AUTHORITY, tmp_path, ledger.march)
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_council_without_a_place_is_not_exported(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="site_place"):
        export(ledger.warehouse.engine_as("bi_reader"), "E06000001", tmp_path)


def test_annex_a_has_a_row_a_child_in_care_or_who_left_within_12_months(
    ledger: Ledger, tmp_path: Path
) -> None:
    folder = annex_a.export(ledger.warehouse.engine_as("analyst"), AUTHORITY, tmp_path, ledger.march)
    name = f"annex-a_list-8_e10000030_publication-{ledger.march}.csv"
    assert {path.name for path in folder.iterdir()} == {name, "publication.json"}
    header, *rows = rows_of((folder / name).read_bytes())
    assert header == [*annex_a.HEADER]
    assert sorted(rows) == [
        ["'=child", "01/03/2020", "", "", "28/03/2020"],
        ["child-a", "01/05/2019", "29/08/2019", "15/01/2020", ""],
        ["child-c", "01/01/2019", "29/01/2019", "", "29/03/2019"],
        ["child-d", "28/03/2020", "", "", ""],
    ]
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_annex_a_is_not_for_readers_of_what_is_published(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        annex_a.export(ledger.warehouse.engine_as("bi_reader"), AUTHORITY, tmp_path, ledger.march)
    assert not [*tmp_path.iterdir()]


def test_what_is_published_may_be_read_by_others(ledger: Ledger, tmp_path: Path) -> None:
    folder = export(ledger.warehouse.engine_as("bi_reader"), AUTHORITY, tmp_path, ledger.march)
    assert stat.S_IMODE((folder / "publication.json").stat().st_mode) == 0o644
