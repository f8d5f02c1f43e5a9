"""Stand-ins for dbt's cross-database macros: sqlfluff reads the models without dbt or a database."""

from __future__ import annotations


def dateadd(datepart: str, interval: object, from_date_or_timestamp: str) -> str:
    return f"date_add({from_date_or_timestamp}, {interval}, '{datepart}')"


def date_trunc(datepart: str, date: str) -> str:
    return f"date_trunc('{datepart}', {date})"


def last_day(date: str, datepart: str) -> str:
    return f"last_day({date}, '{datepart}')"


def generate_series(upper_bound: int) -> str:
    return f"select {upper_bound} as generated_number"


def split_part(string_text: str, delimiter_text: str, part_number: int) -> str:
    return f"split_part({string_text}, {delimiter_text}, {part_number})"


def type_string() -> str:
    return "text"


def datediff(first_date: str, second_date: str, datepart: str) -> str:
    return f"date_diff({first_date}, {second_date}, '{datepart}')"
