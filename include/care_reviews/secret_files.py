"""Secrets of this installation, each in a file that its owner alone can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from care_reviews.errors import ConfigurationError
from care_reviews.settings import get_settings


def folder() -> Path:
    """The folder of secrets (mode 0700), made when it is missing."""
    return private(get_settings().home / "secrets")


def private(path: Path) -> Path:
    """A folder that its owner alone may enter, made if need be."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def password_file(role: str) -> Path:
    return get_settings().home / "secrets" / f"{role}.password"


def password_of(role: str) -> str | None:
    """The password kept for a role, None when there is none."""
    return _read(password_file(role))


def make_password() -> str:
    """A new password of 192 bits, of characters that need no quoting in a URL or in SQL."""
    return secrets.token_urlsafe(24)


def keep_password(role: str, password: str) -> None:
    write_private(password_file(role), password)


def write_private(path: Path, words: str) -> None:
    """Write a file whole or not at all, readable by its owner alone."""
    folder()
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(words)
    beside.replace(path)


def _read(path: Path) -> str | None:
    try:
        words = path.read_text().strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None
    return words or None
