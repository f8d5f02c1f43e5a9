"""What made a build: the code, its lock, dbt's models, and the settings that change what is built."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from care_reviews.errors import BuildError
from care_reviews.settings import PROJECT_ROOT, Settings, code_version

LOCK = PROJECT_ROOT / "requirements.lock"
PROJECT = "care_reviews"
# What dbt is told, and what stops a night.
BUILT_WITH = ("months_published", "provisional_days", "review_held_on")
JUDGED_WITH = (
    "unreadable_share_stop",
    "unknown_code_share_stop",
    "shared_key_share_stop",
    "volume_drop_stop",
    "looked_after_change_stop",
    "movement_stop",
)


@lru_cache(maxsize=1)
def code() -> dict[str, str]:
    """The version of the code that runs, and the digest of the file that fixes its packages."""
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest() if LOCK.exists() else "none"
    return {"version": code_version(), "lock_sha256": lock}


def settings_of(settings: Settings, names: tuple[str, ...]) -> dict[str, Any]:
    """Settings as a record holds them: a share is a text, for it is written in one way alone."""
    values = {name: getattr(settings, name) for name in names}
    return {name: str(value) if isinstance(value, float) else value for name, value in values.items()}


def models(manifest: Path) -> dict[str, str]:
    """Digests of the project that dbt built, from its `manifest.json`: one for each type of resource, and of
    all (`project`). Raises BuildError when dbt left none.
    """
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BuildError("dbt left no manifest of what it built: build the night again") from None
    lines: dict[str, list[str]] = {}
    for name, node in found["nodes"].items():
        if node["package_name"] == PROJECT:
            words = [node["checksum"]["checksum"], node.get("contract", {}).get("checksum") or ""]
            lines.setdefault(node["resource_type"], []).append(" ".join([name, *words]))
    for name, macro in found["macros"].items():
        if macro["package_name"] == PROJECT:
            lines.setdefault("macro", []).append(f"{name} {_sha256(macro['macro_sql'])}")
    digests = {kind: _sha256("\n".join(sorted(each))) for kind, each in sorted(lines.items())}
    return digests | {"project": _sha256("\n".join(f"{kind} {each}" for kind, each in digests.items()))}


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
