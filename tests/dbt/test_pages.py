"""The pages for a browser: whole, readable without a network or a database, of the project as it is."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from care_reviews import dbt, pages
from care_reviews.errors import BuildError


class Addresses(HTMLParser):
    """What a page links to or fetches."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]


def test_the_first_page_leads_to_the_others(folder: Path) -> None:
    page = Addresses()
    page.feed((folder / "index.html").read_text())
    places = (pages.BOARD, pages.AUDIT, pages.REPORT)
    assert page.found == [*(f"{place}/" for place in places), pages.MODELS]
    assert {path.name for path in folder.iterdir()} == {"index.html", pages.MODELS}


def test_every_model_and_mart_column_is_there(graph: dict[str, Any]) -> None:
    models = {node["name"]: node for node in graph["nodes"].values() if node["resource_type"] == "model"}
    assert set(models) == {path.stem for path in (dbt.PROJECT / "models").rglob("*.sql")}
    assert all(column["description"] for column in models["kpi_value"]["columns"].values())


def test_the_models_page_fetches_nothing_and_reports_to_nobody(folder: Path, graph: dict[str, Any]) -> None:
    words = (folder / pages.MODELS).read_text()
    page = Addresses()
    page.feed(words)
    assert [address for address in page.found if address.startswith(("http", "//"))] == []
    assert graph["metadata"]["send_anonymous_usage_stats"] is False


def test_a_project_that_dbt_cannot_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbt, "PROJECT", tmp_path / "nowhere")
    with pytest.raises(BuildError):
        pages.write(tmp_path / "pages")
    assert not (tmp_path / "pages" / "index.html").exists()
