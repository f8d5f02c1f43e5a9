"""Whose source is loaded: the council that is named, the demonstration's, and never a guess."""

from __future__ import annotations

import pytest

from care_reviews.errors import ConfigurationError
from care_reviews.settings import Settings

SOURCE = "AIRFLOW_CONN_LCS_SOURCE"


@pytest.fixture
def unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARE_REVIEWS_AUTHORITY_CODE")
    monkeypatch.delenv(SOURCE, raising=False)


@pytest.mark.usefixtures("unnamed")
def test_the_council_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_REVIEWS_AUTHORITY_CODE", "e06999002")
    assert (Settings().authority, Settings().candidate_schema) == ("E06999002", "candidate_e06999002")
    monkeypatch.setenv(SOURCE, "postgres://reader@lcs.example/lcs")
    assert Settings().authority == "E06999002"


@pytest.mark.usefixtures("unnamed")
def test_a_record_system_of_nobody_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOURCE, "postgres://reader:s3cret@lcs.example/lcs")
    with pytest.raises(ConfigurationError, match="CARE_REVIEWS_AUTHORITY_CODE") as caught:
        _ = Settings().authority
    assert "s3cret" not in str(caught.value)


@pytest.mark.usefixtures("unnamed")
def test_without_a_record_system_it_is_the_demonstrations() -> None:
    assert Settings().authority == "E10000030"
