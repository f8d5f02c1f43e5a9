"""Settings of one installation, from the environment (`CARE_REVIEWS_…`) or a `.env` file.

Databases are not settings: they are the Airflow connections `lcs_source` and `warehouse`, see connections.py.
"""

from __future__ import annotations

import os
import re
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from care_reviews import __version__
from care_reviews.errors import ConfigurationError

PROJECT_ROOT = Path(__file__).resolve().parents[2]


def _plain_code(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z0-9]{1,20}", value):
        raise ValueError(f"authority code {value!r} must be 1 to 20 letters and digits: the ONS code")
    return value.upper()


def _absolute(value: Path) -> Path:
    # What is started works in folders of its own: a path must mean the same there.
    return (PROJECT_ROOT / value.expanduser()).resolve()


def _plain_names(value: str) -> str:
    if any(not re.fullmatch(r"[A-Za-z0-9._@-]{1,60}", name) for name in _names(value)):
        raise ValueError("approvers must be names of Airflow's users, with commas between them")
    return value


def _names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]


def _schema_name(value: str) -> str:
    # An empty variable counts as not set, so a word says that there is no schema.
    return "" if value.lower() == "none" else value


class Settings(BaseSettings):
    """Everything that an installation may choose. Defaults serve the demonstration."""

    model_config = SettingsConfigDict(
        env_prefix="CARE_REVIEWS_", env_file=PROJECT_ROOT / ".env", extra="ignore", env_ignore_empty=True
    )

    home: Annotated[Path, AfterValidator(_absolute)] = Field(
        PROJECT_ROOT / ".care-reviews",
        description="where local state lives: server, secrets, logs; a relative path starts at the checkout",
    )
    authority_code: Annotated[str, AfterValidator(_plain_code)] = Field(
        "", description="ONS code of the council whose source is loaded; the demonstration needs none"
    )
    authority_name: str = Field(
        "",
        max_length=100,
        description="the council's name on the report; default: its code, of a synthetic one its name",
    )
    source_schema: Annotated[str, AfterValidator(_schema_name)] = Field(
        "child_social", description="schema of the record system's reporting copy; `none` where there is none"
    )
    role_prefix: str = Field(
        "",
        pattern="^[a-z_]{0,20}$",
        description="put before the roles' names where a cluster holds several warehouses",
    )
    months_published: int = Field(
        36, ge=1, le=240, description="completed months that every publication covers"
    )
    provisional_days: int = Field(
        28,
        ge=0,
        description="periods that ended fewer days ago are provisional, or longer if recording is late",
    )
    review_held_on: Literal["first", "last"] = Field(
        "first", description="which meeting of a series dates the review for timeliness"
    )
    unreadable_share_stop: float = Field(
        0.05,
        ge=0,
        le=1,
        description="share of a table's rows in quarantine, or that end before they start, and of reviews "
        "without an age, above which a night stops",
    )
    unknown_code_share_stop: float = Field(
        0.20, ge=0, le=1, description="share of a table's rows with an unknown code above which a night stops"
    )
    shared_key_share_stop: float = Field(
        0.05,
        ge=0,
        le=1,
        description="share of a counted table's rows that share a key and differ above which a night stops",
    )
    volume_drop_stop: float = Field(
        0.30, ge=0, le=1, description="share of a table's usual rows whose loss stops a night"
    )
    looked_after_change_stop: float = Field(
        0.25,
        ge=0,
        description="change of the children looked after since the last publication that stops a night",
    )
    movement_stop: float = Field(
        0.20,
        ge=0,
        description="share by which a figure may move beyond its limits, or change after it was final, "
        "before a night stops",
    )

    approvers: Annotated[str, AfterValidator(_plain_names)] = Field(
        "", description="Airflow's users who may release a return, with commas between them"
    )
    release_hours: int = Field(
        18, ge=1, le=240, description="hours after which a return that nobody has answered is refused"
    )

    @property
    def approver_names(self) -> list[str]:
        """The users who may release a return."""
        return _names(self.approvers)

    @property
    def authority(self) -> str:
        """The code of the council whose source is loaded: the one named, else that of the demonstration.

        Raises ConfigurationError when a record system is configured and its council is not named.
        """
        if self.authority_code:
            return self.authority_code
        if os.environ.get("AIRFLOW_CONN_LCS_SOURCE"):
            raise ConfigurationError(
                "AIRFLOW_CONN_LCS_SOURCE names a record system, but nothing says whose it is: set "
                "CARE_REVIEWS_AUTHORITY_CODE to the council's ONS code"
            )
        from care_reviews.demo.profiles import DEMONSTRATED, load_profile

        return load_profile(DEMONSTRATED).authority.code

    @property
    def data_docs(self) -> Path:
        """The folder of the validation results' pages, apart from everything that is not for readers."""
        return self.home / "data-docs"

    @property
    def site(self) -> Path:
        """The folder of the auditor's site, likewise."""
        return self.home / "site"

    @property
    def reports(self) -> Path:
        """The folder of the annual reports."""
        return self.home / "report"

    @property
    def board(self) -> Path:
        """The folder of the board's pages."""
        return self.home / "board"

    @property
    def commentary(self) -> Path:
        """The folder of the service's own words on a report, which no command writes."""
        return self.home / "commentary"

    def name_of(self, authority: str) -> str:
        """A council's name for readers: that which is set, else that of the demonstration, else the code."""
        if self.authority_name or os.environ.get("AIRFLOW_CONN_LCS_SOURCE"):
            return self.authority_name or authority
        from care_reviews.demo.profiles import DEMONSTRATED, load_profile

        shown = load_profile(DEMONSTRATED).authority
        return shown.name if shown.code == authority else authority

    @property
    def candidate_schema(self) -> str:
        """The schema that a night of this authority builds into and nobody else reads."""
        return f"candidate_{self.authority.lower()}"


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


@lru_cache(maxsize=1)
def code_version() -> str:
    """The git commit of this checkout (with `+changes` when it is not clean), else the package's version.

    An image has no checkout: there `CARE_REVIEWS_CODE_VERSION` says what it was built from.
    """
    if built_from := os.environ.get("CARE_REVIEWS_CODE_VERSION"):
        return built_from
    try:
        commit = _git("rev-parse", "--short=12", "HEAD")
        return commit + ("+changes" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return __version__


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=PROJECT_ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()
