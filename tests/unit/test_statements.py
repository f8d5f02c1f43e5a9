"""The SELECTs of a night, as they are written for each engine."""

from __future__ import annotations

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects import mssql, oracle, postgresql, sqlite

from care_reviews.source.catalog import READS, Table
from care_reviews.source.contract import SourceTable
from care_reviews.source.site_map import form_fields
from care_reviews.source.statements import select_rows, select_spellings

SQL_SERVER = mssql.pymssql.dialect()
FIELDS = form_fields("E10000030")


def in_sql_server(entry: Table) -> SourceTable:
    return SourceTable(
        entry, "Child_Social", entry.name.upper(), {name: name.upper() for name in entry.names}, {}
    )


def compiled(entry: Table, dialect: Dialect) -> str:
    statement = select_rows(in_sql_server(entry), FIELDS)
    return str(statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True}))


@pytest.mark.parametrize("entry", READS, ids=lambda entry: entry.name)
def test_every_table_for_sql_server(entry: Table) -> None:
    sql = compiled(entry, SQL_SERVER)
    assert f"FROM [Child_Social].[{entry.name.upper()}]" in sql
    assert "*" not in sql
    for name in entry.names:
        assert f"[{name.upper()}]" in sql
        assert f"AS {name}" in sql


@pytest.mark.parametrize("dialect", [postgresql.dialect(), sqlite.dialect(), oracle.dialect(), SQL_SERVER])
def test_answers_are_chosen_in_the_sources_own_sql(dialect: Dialect) -> None:
    answers = next(entry for entry in READS if entry.name == "fact_form_answers")
    sql = compiled(answers, dialect)
    chosen, where = sql.split("WHERE")
    assert "CASE WHEN" in chosen
    assert "'Agency'" in chosen
    measured = "LEN" if dialect is SQL_SERVER else "length"
    assert f"{measured}(ltrim(rtrim(" in chosen
    assert "''" not in chosen, "to Oracle an empty text is null, and nothing differs from null"
    assert "'ICSParticipationCode'" in where
    assert "'Care Planning Alert'" in where


def test_without_a_mapped_answer_none_is_read() -> None:
    answers = next(entry for entry in READS if entry.name == "fact_form_answers")
    sql = str(select_rows(in_sql_server(answers), ()).compile(dialect=SQL_SERVER))
    assert "0 = 1" in sql


def test_spellings_are_asked_for_once_each() -> None:
    answers = next(entry for entry in READS if entry.name == "fact_form_answers")
    assert str(select_spellings(in_sql_server(answers)).compile(dialect=SQL_SERVER)).startswith(
        "SELECT DISTINCT"
    )
