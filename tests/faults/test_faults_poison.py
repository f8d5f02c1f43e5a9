"""Poison in every table of the source: quarantined or landed, and counted, and no measure is wrong for it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path

import pytest
from sqlalchemy import text

from care_reviews import board, connections, report
from care_reviews.errors import CareReviewsError
from care_reviews.open_data import annex_a, export
from care_reviews.report.year import Year
from care_reviews.settings import get_settings
from care_reviews.source.catalog import READS, table
from tests.brute_force.measures import CellKey, cells
from tests.brute_force.source_rows import Source, read_source
from tests.conftest import AUTHORITY, Server
from tests.faults.cells import assert_equal, published_cells
from tests.faults.poison import MARK, Poisoned, poison
from tests.faults.small_council import LATER, Council, engine, run
from tests.open_data.reading import workbook
from tests.report.reading import pdf_of, words_of
from tests.undisturbed import Undisturbed

# One process for all of them: they share two undisturbed nights.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

UNMAPPED = (
    f"update fact_form_answers set answer = '{MARK} sang' where answer_no = 'ICSParticipationCode' "
    "and fact_form_id % 40 = 0",
    f"update fact_meeting_subjects set dim_lookup_participation_code_desc = '{MARK} sang' "
    "where fact_meetings_id % 40 = 0",
    f"update fact_legal_status set dim_lookup_lgl_status_desc = '{MARK} order', "
    "dim_lookup_lgl_status_code = null where fact_legal_status_id % 40 = 0",
)
# Reviews that took place, of which nothing tells which they are.
UNNAMED = (
    "update fact_cla_review set fact_cla_review_id = -1 where fact_cla_review_id in ("
    "select r.fact_cla_review_id from fact_cla_review as r join fact_meetings as m using (fact_meeting_id) "
    "where m.actual_dttm between '2020-01-01' and '2020-03-31' and m.dim_lookup_mtg_type_id_code = 'CLAR' "
    "order by 1 limit 2)"
)


@dataclass
class PoisonedNight:
    """The council, what was put into each table, and how the night went."""

    council: Council
    poisoned: dict[str, Poisoned] = field(default_factory=dict)
    error: CareReviewsError | None = None
    log: str = ""


class Heard(logging.Handler):
    """Everything that is logged, by whomever."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(scope="module")
def night(server: Server, undisturbed: Undisturbed) -> Iterator[PoisonedNight]:
    """The later night with poison in every table. The limits on shares, not the subject, are lifted."""
    found = PoisonedNight(Council.copied(server, undisturbed.source, undisturbed.before["extract"]))
    heard = Heard()
    with pytest.MonkeyPatch.context() as patch:
        found.council.connect(patch)
        patch.setenv("CARE_REVIEWS_UNREADABLE_SHARE_STOP", "1")
        patch.setenv("CARE_REVIEWS_UNKNOWN_CODE_SHARE_STOP", "1")
        patch.setenv("CARE_REVIEWS_SHARED_KEY_SHARE_STOP", "1")
        get_settings.cache_clear()
        with found.council.spoiling() as source:
            for statement in UNMAPPED:
                source.execute(text(statement))
            for entry in READS:
                found.poisoned[entry.name] = poison(source, entry)
            assert source.execute(text(UNNAMED)).rowcount == 2
        logging.getLogger().addHandler(heard)
        try:
            run(found.council.night())
        except CareReviewsError as error:
            found.error = error
        logging.getLogger().removeHandler(heard)
        found.log = "\n".join(heard.lines)
        yield found
    get_settings.cache_clear()
    found.council.close()


@pytest.fixture(scope="module")
def clean(server: Server, undisturbed: Undisturbed) -> Iterator[Council]:
    """The later night without poison."""
    council = Council.copied(server, undisturbed.source, undisturbed.after)
    yield council
    council.close()


def with_keys(source: Source) -> Source:
    """Without the rows that nothing names: they cannot be read."""
    return Source(
        **{
            each.name: [
                row for row in getattr(source, each.name) if all(row.get(key) is not None for key in keys)
            ]
            for each in fields(source)
            for keys in [[c.name for c in _read(each.name).columns if c.kind == "key"]]
        }
    )


def _read(name: str):  # type: ignore[no-untyped-def]
    return next(entry for entry in READS if entry.name == name)


def test_the_night_publishes(night: PoisonedNight) -> None:
    assert night.error is None
    gates = night.council.rows("select gate, verdict from audit.validation where as_known = :day", day=LATER)
    assert {row["gate"]: row["verdict"] for row in gates} == {
        "source": "warned",
        "care": "warned",
        "marts": "warned",
    }
    failed = night.council.rows(
        "select distinct r.expectation from audit.validation_result as r join audit.validation using "
        "(validation_id) where gate = 'marts' and as_known = :day and not success",
        day=LATER,
    )
    # In one month of a small council some figure moves beyond its usual limits.
    assert [row["expectation"] for row in failed] == ["marts.movement.within_limits"]


def test_every_published_cell_is_that_of_the_plain_calculation(
    night: PoisonedNight, undisturbed: Undisturbed
) -> None:
    source = with_keys(read_source(engine(night.council.source)))
    assert_equal(published_cells(night.council), source, LATER, undisturbed.earlier)


def quarantined(council: Council, name: str) -> dict[str, int]:
    """Rows in quarantine by reason."""
    rows = council.rows(
        "select reason, count(*) from landing.quarantine "
        "where known_to is null and table_name = :name group by 1",
        name=name,
    )
    return {row["reason"]: row["count"] for row in rows}


@pytest.mark.parametrize("name", [entry.name for entry in READS])
def test_every_poisoned_row_is_quarantined_with_its_reason_or_landed_as_it_is(
    night: PoisonedNight, clean: Council, name: str
) -> None:
    before, after = quarantined(clean, name), quarantined(night.council, name)
    for part, expected in night.poisoned[name].quarantined.items():
        added = sum(after[reason] - before.get(reason, 0) for reason in after if part in reason)
        assert added == expected, (part, before, after)
    assert sum(after.values()) - sum(before.values()) == sum(night.poisoned[name].quarantined.values())

    for column, words in night.poisoned[name].landed:
        landed = (
            f"select count(*) from landing.{table(name).landing} where known_to is null and {column} = :words"
        )
        assert night.council.scalar(landed, words=words) == 1, (column, words[:40])
    for column, words in night.poisoned[name].unread:
        landed = f"select count(*) from landing.{table(name).landing} where {column} = :words"
        assert night.council.scalar(landed, words=words) == 0, (column, words[:40])


@pytest.mark.parametrize("name", [entry.name for entry in READS])
def test_the_manifest_balances(night: PoisonedNight, name: str) -> None:
    row = night.council.rows(
        "select m.*, (select count(*) from landing.quarantine as q where q.table_name = m.table_name "
        "and q.known_to is null) as kept, "
        f"(select count(*) from landing.lcs__{name} where known_to is null) as landed "
        "from audit.manifest as m where as_known = :day and table_name = :name",
        day=LATER,
        name=name,
    )[0]
    assert row["rows_read"] == row["landed"] + row["kept"]
    assert row["rows_quarantined"] == row["kept"]
    assert row["landed"] == row["rows_new"] + row["rows_changed"] + row["rows_unchanged"]


def test_the_payload_of_a_quarantined_row_is_the_whole_row(night: PoisonedNight) -> None:
    rows = night.council.rows(
        "select record_key, payload from landing.quarantine where table_name = 'fact_meetings' "
        "and known_to is null and payload ->> 'actual_dttm' = 'infinity'"
    )
    assert [set(row["payload"]) for row in rows] == [set(table("fact_meetings").names)]
    assert rows[0]["record_key"] == rows[0]["payload"]["fact_meeting_id"]


def test_unmapped_texts_are_findings_and_count_as_not_recorded(night: PoisonedNight, clean: Council) -> None:
    found = night.council.rows(
        "select message from audit.validation_result join audit.validation using (validation_id) "
        "where as_known = :day and severity = 'warn' and not success "
        "and message ~ 'is known|code of its day'",
        day=LATER,
    )
    told = " ".join(row["message"] for row in found)
    for words in (
        "The participation answered in a review's outcome form is known.",
        "The participation of a subject is known.",
        "144: A legal status is a code of its day.",
    ):
        assert words in told
    assert "Add the site's text to its map in dbt_project/seeds" in told
    assert "add the site's text to dbt_project/seeds/site_legal_status_text.csv" in told

    key = CellKey(
        "participation_not_recorded", "rolling_12_months", LATER.replace(year=2019, month=5, day=1), LATER
    )
    poisoned, usual = (published_cells(council)[key].numerator for council in (night.council, clean))
    assert poisoned is not None
    assert usual is not None
    assert poisoned > usual
    assert cells(read_source(engine(clean.source)), LATER)[key] == published_cells(clean)[key]


def test_reviews_without_an_id_are_findings(night: PoisonedNight) -> None:
    """The two, and the poisoned row whose key is -1."""
    (found,) = night.council.rows(
        "select rows_failed, severity from audit.validation_result "
        "join audit.validation using (validation_id) "
        "where as_known = :day and expectation = 'source.fact_cla_review.named'",
        day=LATER,
    )
    assert found == {"rows_failed": 3, "severity": "warn"}


def test_no_value_is_in_the_warehouse_but_where_it_belongs(night: PoisonedNight) -> None:
    """Landing and quarantine keep it, a finding a key that is no number: its letters and figures alone."""
    names = night.council.rows(
        "select table_schema || '.' || table_name as name from information_schema.tables "
        "where table_schema in ('analysis', 'audit', 'lookup', 'published')"
    )
    assert len(names) > 30
    holding = {
        row["name"]
        for row in names
        if night.council.scalar(
            f"select exists (select from {row['name']} as t where t::text ilike '%{MARK}%')"
        )
    }
    assert holding <= {"audit.finding"}
    keys = night.council.rows(f"select record_key from audit.finding where record_key ilike '%{MARK}%'")
    assert all(re.fullmatch(r"[\w :.|?-]{1,100}", row["record_key"]) for row in keys)


def test_no_value_is_in_a_log_or_a_page(night: PoisonedNight, server: Server) -> None:
    assert MARK not in night.log
    files = [path for path in server.home.rglob("*") if path.is_file() and not is_of_the_server(path, server)]
    assert {"site", "data-docs", "dbt", "evidence"} <= {
        path.relative_to(server.home).parts[0] for path in files
    }
    assert not [path for path in files if MARK.lower().encode() in path.read_bytes().lower()]
    assert (Path(server.home) / "dbt" / night.council.authority.lower()).stat().st_mode & 0o077 == 0


def is_of_the_server(path: Path, server: Server) -> bool:
    """Whether a file is one of the database itself; its log is not."""
    return server.home / "server" in path.parents and path.name != "server.log"


def test_no_value_is_in_what_is_made_of_the_publication(
    night: PoisonedNight, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report in both formats, the board's pages, open data as CSV and workbook, the annex."""
    reports = property(lambda settings: tmp_path / "report")
    monkeypatch.setattr("care_reviews.settings.Settings.reports", reports)
    monkeypatch.setattr("care_reviews.settings.Settings.board", property(lambda settings: tmp_path / "board"))
    reader, analyst = (
        connections.make_engine(connections.role_url(role, night.council.warehouse))
        for role in ("bi_reader", "analyst")
    )
    pack = report.make(reader, get_settings(), AUTHORITY, Year(2019))
    board.make(reader, get_settings(), AUTHORITY)
    files = export(reader, AUTHORITY, tmp_path / "open", as_known=LATER)
    annex_a.export(analyst, AUTHORITY, tmp_path / "annex", as_known=LATER)
    reader.dispose()
    analyst.dispose()
    written = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {path.suffix for path in written} >= {".html", ".pdf", ".csv", ".xlsx"}
    assert not [path for path, content in written.items() if MARK.lower().encode() in content.lower()]
    assert MARK.lower() not in words_of(pdf_of(pack.pdf.read_bytes())).lower()
    book = workbook({path.name: path.read_bytes() for path in files.iterdir()})
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert cells
    assert not [cell.coordinate for cell in cells if MARK.lower() in str(cell.value).lower()]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
