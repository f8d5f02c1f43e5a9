"""What is passed on of dbt's messages names objects and never a value."""

from __future__ import annotations

import pytest

from care_reviews.dbt_messages import reason, worth_another_try


@pytest.mark.parametrize(
    ("message", "worded"),
    [
        (
            'Database Error\n  invalid input syntax for type bigint: "SECRET"',
            "SQLSTATE 22P02: a value is not a bigint",
        ),
        ('invalid input syntax for type timestamp: "SECRET"', "SQLSTATE 22007: a value is not a timestamp"),
        ('date/time field value out of range: "SECRET"', "SQLSTATE 22008: a value is not a date"),
        (
            'value "SECRET" is out of range for type integer',
            "SQLSTATE 22003: a value is too large for integer",
        ),
        (
            'relation "landing.lcs__dim_person" does not exist',
            "SQLSTATE 42P01: table landing.lcs__dim_person does not exist",
        ),
        (
            "permission denied for table lcs__dim_person",
            "SQLSTATE 42501: no permission for table lcs__dim_person",
        ),
        (
            'null value in column "unit" violates not-null constraint\nDETAIL: Failing row contains (SECRET)',
            "SQLSTATE 23502: column unit has a null",
        ),
        ("Got 3 results, configured to fail if != 0", "3 rows break its rule"),
        ("Database Error\n  something about SECRET", "the database refused a statement"),
        ("something about SECRET", "see dbt's own results"),
    ],
)
def test_a_message_is_reworded(message: str, worded: str) -> None:
    assert reason(message) == worded


@pytest.mark.parametrize(
    ("message", "worth"),
    [
        ("deadlock detected", True),
        ('connection to server at "127.0.0.1", port 1 failed: Connection refused', True),
        ("server closed the connection unexpectedly", True),
        ("password authentication failed", False),
        ("invalid input syntax for type bigint", False),
    ],
)
def test_only_what_passes_by_itself_is_tried_again(message: str, worth: bool) -> None:
    assert worth_another_try(message) is worth
