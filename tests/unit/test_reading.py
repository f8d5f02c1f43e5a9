"""What a driver says, in words: whether trying again may help, and never a secret."""

from __future__ import annotations

import pytest
from psycopg import errors
from sqlalchemy import create_engine

from care_reviews.errors import ConfigurationError, SourceContractError, SourceUnavailableError
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
        ("(229, b\"The SELECT permission was denied on the object 'FACT_CLA'\")", SourceContractError),
        ("(208, b\"Invalid object name 'child_social.fact_cla'.\")", SourceContractError),
        ("(207, b\"Invalid column name 'ANSWER_NO'.\")", SourceContractError),
        ("(8116, b'Argument data type ntext is invalid for argument 1 of rtrim')", SourceContractError),
    ],
)
def test_only_what_may_pass_is_tried_again(said: str, kind: type[Exception]) -> None:
    assert type(worded(OSError(said), ENGINE)) is kind


@pytest.mark.parametrize(
    ("sqlstate", "kind"),
    [
        ("08006", SourceUnavailableError),  # connection failure
        ("40001", SourceUnavailableError),  # serialisation failure
        ("53300", SourceUnavailableError),  # too many connections
        ("55P03", SourceUnavailableError),  # lock not available
        ("57P01", SourceUnavailableError),  # shut down by an administrator
        ("42501", SourceContractError),  # no right
        ("42883", SourceContractError),  # no such function for a column of this type
        ("42P01", SourceContractError),  # no such table
        ("22P02", SourceContractError),  # a value that is none of the type
    ],
)
def test_a_state_says_whether_trying_again_may_help(sqlstate: str, kind: type[Exception]) -> None:
    error = errors.lookup(sqlstate)("a value of the data")
    worded_error = worded(error, ENGINE)
    assert type(worded_error) is kind
    assert "a value" not in str(worded_error)
