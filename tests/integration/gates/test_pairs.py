"""Of every expectation and every rule of care there is a test in this folder in which it holds and one in
which it fails. The last of the folder's files to run: it looks back on the others.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from care_reviews.validation.code_lists import seed
from tests.integration.gates.pairs import SEEN

FOLDER = Path(__file__).parent


def test_every_expectation_and_rule_was_seen_to_hold_and_to_fail(request: pytest.FixtureRequest) -> None:
    ran = {item.path.name for item in request.session.items if item.path.parent == FOLDER}
    if left_out := {path.name for path in FOLDER.glob("test_*.py")} - ran:
        pytest.skip(f"only with the whole folder: {', '.join(sorted(left_out))} did not run")
    rules = {f"care.{row['subject']}.{row['rule']}" for row in seed("care_rule")}
    judged = {name for name in SEEN if name.startswith(("source.", "marts."))}
    assert len(judged) > 400
    one_sided = {name: seen for name in rules | judged if len(seen := SEEN.get(name, set())) < 2}
    assert one_sided == {}
