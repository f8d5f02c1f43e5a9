"""The pages that real nights left: what they say of a night that was published and of one that was not."""

from __future__ import annotations

import re
import shutil
from difflib import unified_diff
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import text

from care_reviews import connections, ledger
from care_reviews import site as pages
from care_reviews.errors import PublicationRefusedError
from care_reviews.settings import Settings
from care_reviews.site import reading
from care_reviews.small_counts import split, told
from care_reviews.validation.account_list import ACCOUNTS
from care_reviews.validation.finding_statements import team_words
from care_reviews.web.text import LONGEST
from tests.conftest import AUTHORITY
from tests.faults.small_council import engine
from tests.site.conftest import BLOCKED, Site

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

NIGHT = {
    "index.html",
    "source.html",
    "care.html",
    "marts.html",
    "quality.html",
    "teams.html",
    "definitions.html",
    "inputs.html",
    "lineage.html",
    "evidence.html",
    "history.html",
}

CHECK = "case position when 1 then :long else :words end"
# Every text of the warehouse that a page shows and no rule of the database holds to a list.
HOSTILE = {
    "audit.validation_result": dict.fromkeys(
        ("says", "because", "remedy", "owner", "subject", "column_name", "message"), CHECK
    )
    | {"expectation": "case when success then :words else expectation end"},
    "audit.reconciliation": {
        "reason": "case when kind = 'set aside' then :words end",
        "table_name": ":words",
    },
    "audit.finding_count": {"rule": ":words", "owner": ":words"},
    "audit.extract": dict.fromkeys(("run_id", "discarded_by", "discard_reason"), ":words")
    | {"status": "'discarded'", "discarded_at": "started_at"},
    "published.publication": dict.fromkeys(("run_id", "code_version"), ":words"),
    "published.kpi_definition_history": dict.fromkeys(
        ("name", "description", "numerator", "denominator", "exclusions", "source", "choices"), ":words"
    ),
    "audit.evidence": {
        "record": "jsonb_set(jsonb_set(jsonb_set(record, '{run_id}', to_jsonb(cast(:words as text))), "
        "'{code,version}', to_jsonb(cast(:words as text))), "
        "'{authority_name}', to_jsonb(cast(:words as text)))"
    },
}


class Reader(HTMLParser):
    """A page as its reader has it: its words, its headings, what it leads to, and its ids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.questions: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags = ["html"]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self.ids += [given["id"] or ""] if "id" in given else []
        assert "style" not in given
        assert not [name for name in given if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self.tags[-1] == "h1" and data.strip():
            self.questions.append(data.strip())
        self.words.append(data)

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.words).split())


@cache
def read(file: Path) -> Reader:
    return Reader(file.read_text(encoding="utf-8"))


def test_every_decided_night_has_its_pages(site: Site) -> None:
    names = {path.name: path for path in site.folder.iterdir()}
    assert set(names) == {"index.html", "publication-1", "publication-2", "blocked-3", ".lineage"}
    for folder in ("publication-1", "publication-2", "blocked-3"):
        assert {path.name for path in names[folder].iterdir()} == NIGHT


def test_each_page_asks_one_question_and_every_link_leads_somewhere(site: Site) -> None:
    asked: dict[str, str] = {}
    for file in site.files:
        if file.suffix != ".html":
            continue
        page = read(file)
        (question,) = page.questions
        assert question.endswith("?")
        assert asked.setdefault(question, file.name) == file.name, question
        assert len(page.ids) == len(set(page.ids))
        assert not {"script", "img", "link", "iframe", "object", "form", "base"} & set(page.tags)
        for link in page.links:
            where, _, anchor = link.partition("#")
            target = (file.parent / where).resolve() if where else file
            assert target.is_file(), (file, link)
            if anchor:
                assert anchor in read(target).ids, (file, link)


def test_nothing_is_asked_of_elsewhere(site: Site) -> None:
    for file in site.files:
        words = file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            assert "default-src 'none'; style-src 'sha256-" in unescape(words)
        assert not re.search(r"https?:|url\(|@import|//[a-z]", words), file


def test_a_published_night_says_so(site: Site) -> None:
    said = Reader(site.page("publication-2/index.html")).said
    assert "warned Yes. Publication 2, as known on 30 April 2020, was let out by all gates" in said
    assert "Periods that may still change" in said
    assert "31 March 2020" in said  # what failed on the night before fails since then


def test_a_blocked_night_says_what_stopped_it_and_what_stands(site: Site) -> None:
    said = Reader(site.page("blocked-3/index.html")).said
    stops = site.council.rows(
        "select r.says from audit.validation_result as r join audit.validation as v using (validation_id) "
        "where v.as_known = :day and not r.success and r.severity = 'stop' "
        "order by v.validation_id, r.expectation",
        day=BLOCKED,
    )
    assert f"It was not published, because {len(stops)} checks said stop." in said
    assert f"What should have held and did not: {' '.join(row['says'] for row in stops)} What stands" in said
    assert stops[0]["says"] == "FACT_CLA_REVIEW did not lose more than 30% of its usual rows."
    assert "Readers went on seeing publication 2, as known on 30 April 2020" in said
    gate = Reader(site.page("blocked-3/source.html")).said
    assert "No. 1 check stopped the night: nothing of it was published." in gate
    assert "source.fact_cla_review.volume Failed" in gate
    assert "Since the night of 1 May 2020" in gate
    assert "stop: a night on which it fails is not published" in gate


def test_the_first_page_says_what_holds_today(site: Site) -> None:
    said = Reader(site.page("index.html")).said
    assert "stands Yes, but it is not of the newest night. Publication 2" in said
    assert "The newest night, that of 1 May 2020, was blocked." in said


def test_every_check_of_a_night_is_on_its_gates_page(site: Site) -> None:
    rows = site.council.rows(
        "select v.gate, r.* from audit.validation_result as r join audit.validation as v "
        "using (validation_id) where v.as_known = :day",
        day=BLOCKED,
    )
    for gate in ("source", "care", "marts"):
        page = Reader(site.page(f"blocked-3/{gate}.html")).said
        own = [row for row in rows if row["gate"] == gate]
        assert own
        assert all(" ".join(row["says"].split()) in page for row in own)
        for row in own:
            if not row["success"]:
                assert f"Check {row['expectation']} Failed" in page
                assert " ".join(row["because"].split()) in page
        empty = [row for row in own if row["success"] and row["rows_checked"] == 0]
        for row in empty:
            assert f"not applicable : {row['message'].rpartition('Not applicable: ')[2].rstrip('.')}" in page
        assert page.count("○ not applicable") == len(empty)
        passed = sum(row["success"] for row in own) - len(empty)
        stopped = sum(not row["success"] and row["severity"] == "stop" for row in own)
        warned = len(own) - passed - len(empty) - stopped
        assert f"{passed} checks passed, {warned} warned, {stopped} stopped" in page
        if empty:
            more = "1 more was" if len(empty) == 1 else f"{len(empty)} more were"
            assert f"; {more} not applicable, as there was nothing to check or to compare with." in page


def counts_in(page: str) -> dict[str, set[str]]:
    """The numbers in the cells of each table of a page, by the table's name."""
    tables = re.findall(r'<caption id="([\w-]+)"><span[^>]*>([^<]*)(.*?)</table>', page, re.DOTALL)
    return {
        f"{name}: {unescape(caption)}": set(re.findall(r'<td class="number">\s*([\d,]+)\s*</td>', table))
        for name, caption, table in tables
    }


def test_counts_of_people_are_told_in_steps_of_five(site: Site) -> None:
    """So no small one can be had by subtraction, on a page, between pages, or between nights."""
    of_people = re.compile(
        r"trend-|team-|flows|accounts|marts|manifest|digests"
        r"|subject-\d+: Checks of (?!kpi_|dim_date|dim_category|dim_department|dim_lookup)(dim_|fact_|fct_)"
    )
    things = re.compile(
        r"<tr>\s*<th scope=.row.>(?:<code>(?:published\.\w+|dim_department|dim_lookup_dfe_ethnic)"
        r"|[^<]*(?:than usual|as usual|than the night before)).*?</tr>",
        re.DOTALL,
    )
    seen = 0
    for file in site.files:
        if file.suffix == ".html":
            words = things.sub("", file.read_text(encoding="utf-8"))
            for name, counts in counts_in(words).items():
                if of_people.match(name) or file.name == "care.html":
                    seen += len(counts)
                    small = {count for count in counts if int(count.replace(",", "")) % 5}
                    assert not small, (file, name)
            if file.name == "care.html":
                assert not re.search(r"<dt>Failed</dt><dd>[1-5]\b(?! to 5|,)", words), file
    assert seen > 300
    assert "1 to 5 of" in site.page("publication-2/care.html")


def test_counts_of_things_are_told_as_they_are(site: Site) -> None:
    tables = counts_in(site.page("publication-2/inputs.html"))
    compared = tables["reconciliation: Published counts against landed rows"]
    assert "1" in compared  # one comparison, of nobody
    rows = site.council.scalar(
        "select record #>> '{marts,published.kpi_value,rows}' from audit.evidence "
        'where record @> \'{"kind": "published", "publication_id": 2}\''
    )
    assert f"{int(rows):,}" in tables["marts: Rows of each table as published"]


def test_on_a_first_night_nothing_passes_for_compared(site: Site) -> None:
    said = Reader(site.page("publication-1/source.html")).said
    for rule in ("did not lose more than 30% of its usual rows.", "has about its usual number of rows"):
        found = re.findall(
            rf"{re.escape(rule)}.{{0,60}}?○ not applicable : ([\w ]+?) (?:stop|warn) 0 0", said
        )
        assert len(found) == 19
        assert set(found) == {"no earlier night to compare with"}
    assert "no earlier publication to compare with" in Reader(site.page("publication-1/marts.html")).said


def test_the_trend_is_told_by_team_as_far_as_it_may_be(site: Site) -> None:
    page = site.page("publication-2/teams.html")
    said = Reader(page).said
    counts = site.council.rows(
        "select t.expectation, t.team, t.open_findings from audit.finding_trend as t "
        "where t.as_known = '2020-04-30' and t.team <> 'All teams' and t.open_findings > 0"
    )
    by_rule: dict[str, dict[str, int]] = {}
    for row in counts:
        by_rule.setdefault(row["expectation"].partition(".")[2], {})[row["team"]] = row["open_findings"]
    shown = 0
    for rule, teams in by_rule.items():
        words = split(teams)
        for team in teams:
            section = page.partition(f">{team_words(team)}</h2>")[2].partition("<h2")[0]
            line = section.partition(f"<code>{rule}</code>")[2].partition("</tbody>")[0]
            cells = re.findall(r'<td class="number">(.*?)</td>', line)
            shown += words is not None
            if words is not None or cells:
                assert cells[1:] == [words[team] if words else "not split"], (rule, team)
    assert shown > 20
    assert "Team not known" in said
    assert not re.search(r"(?<!Team )[Nn]ot known", said)
    answer, told_of = said.partition("Rules by team:")[0], re.findall(r'<h2 id="of-\d+">([^<]+)<', page)
    assert told_of
    assert all(team in answer for team in told_of)


def test_rows_are_followed_from_source_to_publication(site: Site) -> None:
    said = Reader(site.page("publication-2/inputs.html")).said
    night = site.council.rows("select * from audit.manifest where extract_id = 2 order by table_name")
    for row in night:
        assert row["content_digest"] in said
        exact = row["table_name"] in ("dim_department", "dim_lookup_dfe_ethnic")
        read = f"{row['rows_read']:,}" if exact else told(row["rows_read"])
        assert f"{row['table_name']} {read} " in said
    rows = site.council.scalar(
        "select record -> 'marts' -> 'analysis.fct_review' ->> 'rows' from audit.evidence "
        'where record @> \'{"kind": "published", "publication_id": 2}\''
    )
    assert f"analysis.fct_review {told(int(rows))}" in said
    assert "nothing of this night was published" in Reader(site.page("blocked-3/inputs.html")).said


def test_accounts_lead_from_rows_to_published_numbers(site: Site) -> None:
    said = Reader(site.page("publication-2/inputs.html")).said
    kept = site.council.rows(
        "select r.* from audit.reconciliation as r join audit.validation as v using (validation_id) "
        "where v.as_known = '2020-04-30'"
    )
    assert {row["measure_id"] for row in kept} == set(ACCOUNTS)
    for measure in ACCOUNTS:
        assert f" {measure} read from {ACCOUNTS[measure].table} " in said
    own = [row for row in kept if row["measure_id"] == "periods_started"]
    parts = {row["reason"]: row["rows"] for row in own if row["kind"] == "set aside"}
    counted = sum(row["rows"] for row in own if row["kind"] == "counted")
    told_parts = split({**parts, "": counted}, exact=[""], possible=5)
    account = said.partition(" periods_started read from ")[2].partition(" read from ")[0]
    for reason in parts:
        assert f"set aside: {reason} {told_parts[reason] if told_parts else 'not told'} " in account
    assert f"{SAME} 13 of 13 months are published as counted" in account


SAME = "every row counts or was set aside, and"


def test_definitions_and_lineage_are_those_of_the_night(site: Site) -> None:
    definitions = Reader(site.page("publication-1/definitions.html")).said
    for row in site.council.rows("select name, description from published.kpi_definition"):
        assert row["name"] in definitions
        assert " ".join(row["description"].split()) in definitions
    lineage = Reader(site.page("publication-1/lineage.html")).said
    digest = site.council.scalar(
        "select build -> 'models' ->> 'project' from audit.extract where extract_id = 1"
    )
    assert digest in lineage
    assert "fct_review One row per review" in lineage
    assert "dim_person no ● yes no ● yes ● yes" in lineage  # categories, children, days, periods, reviews


def test_the_evidence_is_the_records(site: Site) -> None:
    rows = site.council.rows("select evidence_id, previous_hash, hash, record from audit.evidence")
    for row in rows:
        record = row["record"]
        if record["kind"] in ("published", "blocked"):
            folder = f"publication-{record.get('publication_id')}"
            folder = folder if record["kind"] == "published" else f"blocked-{record['extract_id']}"
            said = Reader(site.page(f"{folder}/evidence.html")).said
            assert f"{row['evidence_id']} {row['hash']} {record['recorded_at']}" in said
            assert row["previous_hash"] in said
            assert ("care-reviews rebuild" in said) == (record["kind"] == "published")


def settings_of(folder: Path) -> Settings:
    return Settings(home=folder, authority_code=AUTHORITY)


def test_pages_made_anew_are_the_same_bytes_though_more_has_happened(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "get_settings", lambda: Settings(authority_name="Newly Named"))
    url = site.council.server.new_database(site.council.warehouse.database)
    warehouse = engine(url)
    shutil.copytree(site.folder / ".lineage", tmp_path / "site" / AUTHORITY.lower() / ".lineage")
    ledger.withdraw(warehouse, 1, "<b>wrong</b> {{ 7 * 7 }}", "a manager")
    for number in (1, 2):
        made = pages.remake(warehouse, settings_of(tmp_path), number).parent
        for page in sorted(made.iterdir()):
            kept = site.page(f"{made.name}/{page.name}").splitlines(keepends=True)
            assert not [*unified_diff(kept, page.read_text().splitlines(keepends=True), n=0)], page
    first = (made.parent / "index.html").read_text()
    assert f"Newly Named, {AUTHORITY}" in first
    assert "&lt;b&gt;wrong&lt;/b&gt; {{ 7 * 7 }}" in first
    assert "<b>wrong" not in first
    with pytest.raises(PublicationRefusedError, match="no publication 9"):
        pages.remake(warehouse, settings_of(tmp_path), 9)
    site.council.server.drop_database(url)


def test_lineage_that_is_not_kept_is_not_made_up(site: Site, tmp_path: Path) -> None:
    made = pages.remake(engine(site.council.warehouse), settings_of(tmp_path), 1).parent
    assert "not kept" in Reader((made / "lineage.html").read_text()).said


def test_hostile_text_is_text(site: Site, tmp_path: Path) -> None:
    """In every text that a page shows, a megabyte of it in the first check of each gate."""
    hostile = "<img src=x onerror=alert(1)>{{ config }}'; drop table x; --\u202e"
    url = site.council.server.new_database(site.council.warehouse.database)
    warehouse = engine(url)
    with warehouse.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        for table, columns in HOSTILE.items():
            changes = ", ".join(f"{column} = {value}" for column, value in columns.items())
            texts = {"words": hostile, "long": hostile + "y" * 1_000_000}
            given = {name: value for name, value in texts.items() if f":{name}" in changes}
            assert connection.execute(text(f"update {table} set {changes}"), given).rowcount
        withdrawn = "withdrawn_at = published_at, withdrawn_by = :words, reason = :words"
        connection.execute(
            text(f"update published.publication set {withdrawn} where publication_id = 1"), {"words": hostile}
        )
    made = pages.remake(warehouse, settings_of(tmp_path), 2).parent
    for page in (*made.iterdir(), made.parent / "index.html"):
        words = page.read_text()
        assert "<img" not in words
        assert "\u202e" not in words
        assert "y" * LONGEST not in words
        Reader(words)
        if page.name != "lineage.html":
            assert "&lt;img src=x onerror=alert(1)&gt;{{ config }}&#39;; drop table x; --\ufffd" in words, (
                page
            )
    site.council.server.drop_database(url)


def test_a_reader_who_may_not_make_it_is_no_danger_to_what_is_there(site: Site, tmp_path: Path) -> None:
    """The pages are made by the pipeline's role; its own pages tell nobody's password or address."""
    pipeline = engine(connections.role_url("pipeline", site.council.warehouse))
    made = pages.make(pipeline, settings_of(tmp_path), AUTHORITY)
    words = made.read_text()
    assert "Publication 2" in words
    assert str(pipeline.url.password) not in words
