"""Why dbt failed, in words that name objects of the database and never hold a value of the data."""

from __future__ import annotations

import re

OBJECT = r'"(?P<name>[A-Za-z_][A-Za-z0-9_.$]*)"'

# What PostgreSQL and dbt say → what is passed on. Only names of objects and types are taken over.
WORDINGS = (
    (r"invalid input syntax for type (?P<name>timestamp|date)\b", "SQLSTATE 22007: a value is not a {name}"),
    (r"invalid input syntax for type (?P<name>[a-z ]+)", "SQLSTATE 22P02: a value is not a {name}"),
    (r"date/time field value out of range", "SQLSTATE 22008: a value is not a date"),
    (r"is out of range for type (?P<name>[a-z ]+)", "SQLSTATE 22003: a value is too large for {name}"),
    (r"numeric field overflow|(integer|bigint) out of range", "SQLSTATE 22003: a number is too large"),
    (r"division by zero", "SQLSTATE 22012: division by zero"),
    (rf"relation {OBJECT} does not exist", "SQLSTATE 42P01: table {name} does not exist"),
    (rf"schema {OBJECT} does not exist", "SQLSTATE 3F000: schema {name} does not exist"),
    (
        r"column (?P<name>[A-Za-z_][\w.]*|\"\w+\") does not exist",
        "SQLSTATE 42703: column {name} does not exist",
    ),
    (
        r"permission denied for (?P<kind>schema|table|view|database|function) (?P<name>\w+)",
        "SQLSTATE 42501: no permission for {kind} {name}",
    ),
    (r"null value in column " + OBJECT, "SQLSTATE 23502: column {name} has a null"),
    (r"deadlock detected", "SQLSTATE 40P01: deadlock"),
    (r"disk full|No space left on device", "SQLSTATE 53100: the database's disk is full"),
    (r"out of memory", "SQLSTATE 53200: the database is out of memory"),
    (r"password authentication failed", "SQLSTATE 28P01: the database refused the user or password"),
    (r"database " + OBJECT + " does not exist", "SQLSTATE 3D000: database {name} does not exist"),
    (
        r"Connection refused|could not translate host name|timeout expired|No route to host",
        "the database cannot be reached",
    ),
    (
        r"server closed the connection|terminating connection|connection (already|has been) closed",
        "the database ended the connection",
    ),
    (r"Got (?P<name>\d+) results?, configured to fail", "{name} rows break its rule"),
    (r"contract", "the model's columns are not those of its contract"),
    (r"Compilation Error|Parsing Error|Runtime Error", "the dbt project has an error: run `dbt parse`"),
)

PASSING = "deadlock detected|Connection refused|timeout expired|server closed|terminating connection"


def reason(message: str) -> str:
    """The reworded reason of a message of dbt or PostgreSQL."""
    for pattern, wording in WORDINGS:
        if found := re.search(pattern, message):
            names = {key: value.strip('"') for key, value in found.groupdict().items()}
            return wording.format(**names)
    return "the database refused a statement" if "Database Error" in message else "see dbt's own results"


def worth_another_try(message: str) -> bool:
    """Whether a later try may succeed: the database was busy or away."""
    return bool(re.search(PASSING, message))
