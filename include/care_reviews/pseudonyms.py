"""Keyed pseudonyms: an identifier of an authority always gets the same one, and only the key leads back.

The key is a file outside the database. The database keeps its fingerprint, so that another key is noticed
before it gives every child a new pseudonym.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from sqlalchemy import Connection, text

from care_reviews.errors import ConfigurationError
from care_reviews.secret_files import write_private
from care_reviews.settings import get_settings

LENGTH = 32  # hexadecimal digits: 128 bits, far beyond any chance of two alike
KEY_BYTES = 32


def key_file() -> Path:
    return get_settings().home / "secrets" / "pseudonym.key"


def pseudonym(key: bytes, kind: str, authority_code: str, identifier: str) -> str:
    """The pseudonym of an identifier (32 hexadecimal digits); `kind` is child, worker, …"""
    # The lengths keep ('child', '1', '2') apart from ('child1', '', '2').
    words = "".join(f"{len(word)}:{word}" for word in (kind, authority_code, identifier))
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()[:LENGTH]


def fingerprint(key: bytes) -> str:
    """What the database may know of a key: tells keys apart, leads nowhere."""
    return hmac.new(key, b"fingerprint of this key", hashlib.sha256).hexdigest()[:LENGTH]


def read_key() -> bytes | None:
    """The key, None when there is no file. Raises ConfigurationError when the file holds no key."""
    try:
        key = bytes.fromhex(key_file().read_text().strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ConfigurationError(f"{key_file()} holds no pseudonym key: restore it from its safe copy")
    return key


def make_key() -> bytes:
    """Make the key file. An existing one is never overwritten: call only when `read_key` gave None."""
    key = secrets.token_bytes(KEY_BYTES)
    write_private(key_file(), key.hex())
    return key


def key_of(connection: Connection) -> bytes:
    """The key, held against this warehouse's fingerprint. Raises ConfigurationError as `known_key`."""
    return known_key(
        connection.scalar(
            text("select pseudonym_key_fingerprint from audit.deployment order by deployment_id desc limit 1")
        )
    )


def known_key(known_fingerprint: str | None) -> bytes:
    """The key, held against the fingerprint that the warehouse keeps.

    Raises ConfigurationError when there is none, or another one: publishing would then give every child a new
    pseudonym.
    """
    key = read_key()
    if key is None or known_fingerprint is None:
        raise ConfigurationError(
            f"the pseudonym key {key_file()} is missing: restore it from its safe copy"
            if known_fingerprint
            else "the warehouse has no pseudonym key yet: run `care-reviews deploy`"
        )
    if not hmac.compare_digest(fingerprint(key), known_fingerprint):
        raise ConfigurationError(
            f"{key_file()} is not the key of this warehouse: with another one every child would get a new "
            "pseudonym. Restore the key that this warehouse was deployed with"
        )
    return key
