"""A generic ODBC client, with PostgreSQL's own driver, as Power BI, Tableau and Excel have it."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, text

from care_reviews import connections
from tests.conftest import Server
from tests.faults.small_council import Council
from tests.undisturbed import Undisturbed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

VIEWS = (
    "kpi_value",
    "kpi_trend",
    "kpi_comparison",
    "kpi_definition",
    "kpi_revision",
    "dim_category",
    "dim_date",
    "publication",
)
DIGEST = "md5(string_agg(v::text, chr(10) order by v::text)) as digest, count(*) as rows"


@dataclass
class Client:
    """`isql` as one role."""

    url: URL

    def run(self, query: str) -> subprocess.CompletedProcess[str]:
        """A query in one line, its rows parted by tabs."""
        isql = shutil.which("isql")
        assert isql, "the views are asked through ODBC: apt install unixodbc odbc-postgresql"
        where = (
            f"Driver={{PostgreSQL Unicode}};Server={self.url.host};Port={self.url.port};"
            f"Database={self.url.database};UID={self.url.username};PWD={self.url.password}"
        )
        words = [isql, "-k", where, "-b", "-v", "-c", "-d\t", "-m65000"]
        return subprocess.run(words, input=query + "\n", capture_output=True, text=True, check=False)

    @contextmanager
    def beside(self) -> Iterator[Connection]:
        """The same role without ODBC, to compare with."""
        engine = connections.make_engine(self.url)
        with engine.connect() as connection:
            yield connection
        engine.dispose()

    def rows(self, query: str) -> list[dict[str, str]]:
        done = self.run(query)
        assert not done.stderr, done.stderr  # it ends with status 0 all the same
        return list(csv.DictReader(io.StringIO(done.stdout), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def client(server: Server, undisturbed: Undisturbed) -> Iterator[Client]:
    council = Council.copied(server, None, undisturbed.after)
    yield Client(connections.role_url("bi_reader", council.warehouse))
    council.close()


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_gives_the_same_rows(client: Client, view: str) -> None:
    with client.beside() as connection:
        wanted = connection.execute(text(f"select {DIGEST} from published.{view} as v")).one()
        columns = list(connection.execute(text(f"select * from published.{view} limit 0")).keys())
    (found,) = client.rows(f"select {DIGEST} from published.{view} as v")
    assert (found["digest"], int(found["rows"])) == tuple(wanted)
    assert wanted[1] > 0
    first = client.rows(f"select * from published.{view} limit 1")[0]
    assert list(first) == columns


def test_values_come_as_they_are_published(client: Client) -> None:
    """Through the driver's own types, not as text of the database's making."""
    which = "measure_id = 'children_looked_after' and breakdown = 'all' order by period_end"
    found = client.rows(f"select period_end, numerator, value, symbol from published.kpi_value where {which}")
    with client.beside() as connection:
        wanted = connection.execute(
            text(f"select period_end::text, numerator, value, symbol from published.kpi_value where {which}")
        ).all()
    assert [(row["period_end"], int(row["numerator"]), float(row["value"])) for row in found] == [
        (row.period_end, row.numerator, float(row.value)) for row in wanted
    ]
    assert len(found) > 10


def test_columns_are_described_to_the_client(client: Client) -> None:
    described = client.rows(
        "select column_name, data_type, "
        "col_description('published.kpi_value'::regclass, ordinal_position) as words "
        "from information_schema.columns where table_schema = 'published' and table_name = 'kpi_value'"
    )
    assert all(row["words"] for row in described)
    types = {row["column_name"]: row["data_type"] for row in described}
    assert (types["value"], types["numerator"], types["period_end"]) == ("numeric", "integer", "date")


def test_what_readers_may_not_see_is_refused(client: Client) -> None:
    for query in ("select * from analysis.fct_review", "select * from published.kpi_value_history"):
        done = client.run(query)
        assert "permission denied" in done.stdout + done.stderr


def test_the_page_shows_the_same_connection_string(client: Client) -> None:
    page = Path(__file__).parents[2] / "docs" / "bi-tools.md"
    assert "Driver={PostgreSQL Unicode};Server=" in page.read_text()
