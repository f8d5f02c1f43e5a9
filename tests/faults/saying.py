"""What a person is told of a fault, and what nobody may be told."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import URL

from care_reviews.errors import CareReviewsError


def refusal(work: Callable[[], object], kind: type[CareReviewsError] = CareReviewsError) -> CareReviewsError:
    """The error that some work ends with: one of ours, with nothing of a driver's in its chain."""
    with pytest.raises(kind) as caught:
        work()
    shown = "".join(traceback.format_exception(caught.value))
    assert "psycopg" not in shown, shown
    assert "DETAIL" not in shown, shown
    return caught.value


def assert_says(error: CareReviewsError, *words: str, retry: bool) -> None:
    """The message has all these words, and whether another try may help is as it should be."""
    missing = [word for word in words if word not in str(error)]
    assert not missing, f"{missing} not in: {error}"
    assert error.retry is retry, error


def assert_kept_secret(
    secrets: list[str], error: BaseException, caplog: pytest.LogCaptureFixture, *places: Path
) -> None:
    """No secret is in the error with its chain, in what was logged, or in a file under the places."""
    told = {"the error": "".join(traceback.format_exception(error)), "the log": caplog.text}
    for place in places:
        told |= {str(file): file.read_text(errors="replace") for file in place.rglob("*") if file.is_file()}
    for where, words in told.items():
        for secret in secrets:
            assert secret not in words, f"a secret is in {where}"


def passwords(*urls: URL) -> list[str]:
    return [str(url.password) for url in urls if url.password]
