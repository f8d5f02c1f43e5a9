"""Profiles: what drives a synthetic council, one YAML file each, beside this module.

In: a profile's name. Out: a validated `Profile`. A wrong name or a wrong value gives a ConfigurationError
that says what was expected.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from care_reviews.demo.profiles.model import Profile
from care_reviews.errors import ConfigurationError

DIRECTORY = Path(__file__).parent
DEMONSTRATED = "surrey_2019_20"  # the profile that the demonstration runs

__all__ = ["DEMONSTRATED", "Profile", "load_profile", "profile_from_text", "profile_names"]


def profile_names() -> list[str]:
    """The names of the profiles that exist."""
    return sorted(path.stem for path in DIRECTORY.glob("*.yaml"))


@lru_cache(maxsize=8)
def load_profile(name: str) -> Profile:
    """The profile of that name, validated."""
    if name not in profile_names():
        raise ConfigurationError(f"no profile {name!r}; profiles: {', '.join(profile_names())}")
    return profile_from_text(name, (DIRECTORY / f"{name}.yaml").read_text(encoding="utf-8"))


def profile_from_text(name: str, text: str) -> Profile:
    """A profile from YAML text; the error names each wrong entry by its place in the file."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"profile {name!r} is not YAML: {error}") from None
    if not isinstance(content, dict):
        raise ConfigurationError(f"profile {name!r} must be a mapping of sections")
    try:
        return Profile.model_validate({"name": name, **content})
    except ValidationError as error:
        wrong = (f"  {'.'.join(map(str, e['loc'])) or 'profile'}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"profile {name!r} is not valid:\n" + "\n".join(wrong)) from None
