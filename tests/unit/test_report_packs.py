"""Packs that are made anew: the same bytes change nothing, others are another edition; and withdrawn ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, StaticPool, create_engine, text

from care_reviews.evidence import packs
from care_reviews.evidence.packs import PackPlace
from care_reviews.web import folders

PLACE = PackPlace("E1", "2019-20", 2)


def pack(words: str, publication_id: int = 2, night: str = "2020-04-30") -> dict[str, bytes]:
    told = {"authority_code": "E1", "publication_id": publication_id, "as_known": night}
    return {"report.html": words.encode(), "pack.json": json.dumps(told).encode()}


def make(reports: Path, words: str, place: PackPlace = PLACE) -> bool:
    files = pack(words, place.publication_id)
    return folders.write(place.folder(reports), files, place.aside(reports, place.edition(reports)))


def said(folder: Path) -> str:
    return (folder / "report.html").read_text()


def test_the_same_bytes_are_the_same_edition(tmp_path: Path) -> None:
    assert make(tmp_path, "one")
    assert not make(tmp_path, "one")
    assert list(packs.kept(tmp_path)) == [PLACE.folder(tmp_path)]
    assert PLACE.edition(tmp_path) == 1


def test_other_bytes_keep_the_edition_before(tmp_path: Path) -> None:
    for number, words in enumerate(("one", "two", "three"), start=1):
        assert make(tmp_path, words)
        assert PLACE.edition(tmp_path) == number
    assert said(PLACE.folder(tmp_path)) == "three"
    assert [said(PLACE.found(tmp_path, edition)) for edition in (1, 2, 3)] == ["one", "two", "three"]
    assert [folder.name for folder in packs.kept(tmp_path)] == [
        "publication-2",
        "publication-2-edition-1",
        "publication-2-edition-2",
    ]


@pytest.fixture
def ledger() -> Iterator[Engine]:
    """A ledger of a withdrawn publication, one that stands, and a withdrawn one of another council."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    rows = "(2, 'E1', '2020-04-30', 'then'), (1, 'E1', '2020-03-31', null), (3, 'E2', '2020-04-30', 'then')"
    with engine.begin() as connection:
        connection.execute(text("attach ':memory:' as published"))
        columns = "publication_id integer, authority_code text, as_known text, withdrawn_at text"
        connection.execute(text(f"create table published.publication ({columns})"))
        connection.execute(text(f"insert into published.publication values {rows}"))
    yield engine
    engine.dispose()


def test_every_edition_of_a_withdrawn_publication_is_named_so(ledger: Engine, tmp_path: Path) -> None:
    for words in ("one", "two"):
        make(tmp_path, words)
    stands, of_another_warehouse = PackPlace("E1", "2019-20", 1), PackPlace("E1", "2019-20", 3)
    for place in (stands, of_another_warehouse):
        make(tmp_path, "else", place)
    before = packs.digests(PLACE.folder(tmp_path))
    found = {folder.name for folder in packs.mark_withdrawn(ledger, tmp_path)}
    assert found == {"publication-2-withdrawn", "publication-2-edition-1-withdrawn"}
    assert packs.mark_withdrawn(ledger, tmp_path) == []
    assert not PLACE.folder(tmp_path).exists()
    assert packs.digests(PLACE.found(tmp_path)) == packs.digests(PLACE.found(tmp_path, 2)) == before
    assert said(PLACE.found(tmp_path, 1)) == "one"
    assert PLACE.edition(tmp_path) == 2
    assert stands.folder(tmp_path).is_dir()
    assert of_another_warehouse.folder(tmp_path).is_dir()
    assert len(list(packs.kept(tmp_path))) == 4


def test_a_pack_that_does_not_say_of_what_it_is_stays_as_it_is(ledger: Engine, tmp_path: Path) -> None:
    make(tmp_path, "one")
    (PLACE.folder(tmp_path) / "pack.json").write_text("no")
    assert packs.mark_withdrawn(ledger, tmp_path) == []
    assert packs.mark_withdrawn(ledger, tmp_path / "nowhere") == []
