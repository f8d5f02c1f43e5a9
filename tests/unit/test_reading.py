"""What a driver says, in words: whether trying again may help, and never a secret."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine

from care_reviews.errors import ConfigurationError, SourceUnavailableError
from care_reviews.source.reading import snapshot, worded

ENGINE = create_engine("mssql+pymssql://reader:swordfish@127.0.0.1:1/lcs")


def test_an_sql_server_that_is_down_may_be_back_later() -> None:
    with (
        pytest.raises(SourceUnavailableError, match=r"127\.0\.0\.1:1/lcs cannot be reached") as caught,
        snapshot(ENGINE),
    ):
        raise AssertionError("nobody listens there")
    assert "swordfish" not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Unable to connect: Adaptive Server is unavailable or does not exist", SourceUnavailableError),
        ("Login failed for user 'reader'. Unable to connect", ConfigurationError),
        ('connection failed: database "lcs" does not exist', ConfigurationError),
        ("Cannot open database 'lcs' requested by the login", ConfigurationError),
        ("server closed the connection unexpectedly", SourceUnavailableError),
    ],
)
def test_only_what_may_pass_is_tried_again(said: str, kind: type[Exception]) -> None:
    assert type(worded(OSError(said), ENGINE)) is kind
