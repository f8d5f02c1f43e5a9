"""Tests that share what is dear to make are kept in one process."""

from __future__ import annotations

import os

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs everything")
@pytest.mark.xdist_group("kept_together")
def test_a_group_is_seen_by_the_scheduler(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith("@kept_together")
