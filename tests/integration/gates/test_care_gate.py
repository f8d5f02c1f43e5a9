"""The care gate whole, on what dbt built: every rule of the table is judged, and findings come of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from care_reviews.night import Night
from care_reviews.quality import findings_of
from care_reviews.settings import Settings
from care_reviews.validation import care_gate, validate
from care_reviews.validation.batches import batches
from care_reviews.validation.code_lists import rulebook, seed
from care_reviews.validation.judge import judge, judging, outcomes
from expectations import care
from expectations.facts import CareRule, Limits, NightFacts
from expectations.rulebook import GateRule
from expectations.words import percent, suite
from tests.integration.gates import council
from tests.integration.gates.judging import failed, judged, run
from tests.integration.gates.test_gates_validate import NIGHT

RULES = [CareRule(**row) for row in seed("care_rule")]
NIGHT_FACTS = NightFacts(council.AUTHORITY, council.AS_KNOWN, rulebook())
COUNTED_FACTS = next(table for table in care.fact_tables() if table.name == "fact_cla")


def share_of(rule: CareRule) -> GateRule | None:
    """What the rulebook says of a large share of a rule's findings."""
    subject = COUNTED_FACTS.name if rule.subject == care.FACTS else rule.subject
    return NIGHT_FACTS.rules.find("care", subject, care.share_rule(rule))


STOPPING = [rule for rule in RULES if share_of(rule)]
# What the national return and the product ask of the records.
NATIONAL = (
    *(102, 141, 142, 143, 144, 147, 148, 149, 166, 167, 302, 352, 353, 354, 355, 356, 357, 359, 365, 367),
    *(385, 388, 399, 426, 431, 432, 433, 434, 435, 436, 437, 440, 441, 501, 504, 1012),
)
ASKED = {*map(str, NATIONAL), "INT17", *(f"R{number:02}" for number in range(1, 13))}


def test_every_rule_that_is_asked_for_stands_in_the_table_once_a_subject() -> None:
    assert {rule.rule for rule in RULES} == ASKED
    assert len({(rule.rule, rule.subject) for rule in RULES}) == len(RULES)
    assert {rule.subject for rule in RULES} == {*care.SUBJECTS, care.FACTS}
    assert all(words.endswith(".") for rule in RULES for words in (rule.says, rule.do))


def test_a_whole_night_passes_and_says_where_there_was_nothing_to_check(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
) -> None:
    found = judged("care", new_council(), settings)
    assert failed(found) == set()
    assert {name.split(".")[2].removesuffix("_share") for name in found} == ASKED
    assert found["care.episodes.141"].rows_checked == 40
    assert found["care.reviews.167"].rows_checked == 80
    empty = found["care.episodes.437"]
    assert (empty.rows_checked, empty.is_applicable, empty.success) == (0, False, True)
    assert empty.message.endswith("Not applicable: there was nothing to check.")
    assert "Not applicable" not in found["care.episodes.141"].message


@pytest.mark.parametrize("rule", STOPPING, ids=lambda rule: f"{rule.subject}-{rule.rule}")
def test_a_share_of_findings_stops(module_council, rule: CareRule) -> None:  # type: ignore[no-untyped-def]
    """Of 20 rows, just as many as the limit allows, and one more; what is not judged does not count."""
    table = COUNTED_FACTS if rule.subject == care.FACTS else None
    subject = table.name if table else rule.subject
    limit = round(20 * NIGHT_FACTS.share("care", subject, care.share_rule(rule)))
    made = suite("care", subject, care.expected(rule, NIGHT_FACTS, table), NIGHT_FACTS.rules, batch="subject")
    for findings, severities in ((0, []), (limit, ["warn"]), (limit + 1, ["warn", "stop"])):
        query = (
            f"select n <= {findings} as {rule.flag} from generate_series(1, 20) as n "
            f"union all select null from generate_series(1, 50)"
        )
        with (
            batches(module_council.pipeline, council.AUTHORITY, {"subject": query}),
            judging(module_council.pipeline.url) as source,
        ):
            told = outcomes(judge(source, [made], council.AUTHORITY))
        assert [outcome.severity for outcome in told if not outcome.success] == severities
        assert {outcome.rows_checked for outcome in told} == {20}


def test_facts_of_side_tables_do_not_stop() -> None:
    (rule,) = (rule for rule in RULES if rule.subject == care.FACTS)
    stops = {
        table.name: len(list(care.expected(rule, NIGHT_FACTS, table))) == 2 for table in care.fact_tables()
    }
    assert {name for name, can in stops.items() if can} == {
        "fact_cla",
        "fact_care_episodes",
        "fact_cla_review",
    }


# As many rows as the night before, with the one that was put aside, and the table that it lacked.
MANIFEST_OF_THE_NEXT = """
insert into audit.manifest
select (jsonb_populate_record(null::audit.manifest, to_jsonb(m) || jsonb_build_object(
    'extract_id', (select max(extract_id) from audit.extract), 'as_known', '2020-04-01',
    'table_name', replace(table_name, 'set_aside', 'dim_worker'),
    'rows_read', rows_read + (table_name = 'fact_casenotes')::integer,
    'rows_quarantined', rows_quarantined + (table_name = 'fact_casenotes')::integer
))).*
from audit.manifest as m where extract_id = (select max(extract_id) from audit.manifest)
"""


def test_a_mended_source_resolves_what_it_was_found_for(new_council: Callable, settings: Settings) -> None:  # type: ignore[type-arg]
    """A night that a gate blocks keeps its findings as well; the next no longer finds what was mended."""
    warehouse = new_council()
    run(
        warehouse,
        "update landing.lcs__fact_care_episodes set care_reason_code = 'L' where fact_care_episodes_id = '9'",
        "update landing.lcs__fact_referrals set dim_department_id = '777' where fact_referral_id = '8'",
        "update audit.manifest set table_name = 'set_aside' where table_name = 'dim_worker'",
    )
    with warehouse.owner.begin() as connection:
        council.quarantine(connection, "fact_casenotes", 1)
    verdict = validate(NIGHT, warehouse.pipeline, settings)
    assert (verdict.source, verdict.care) == ("blocked", "warned")
    assert validate(NIGHT, warehouse.pipeline, settings).care == "warned"
    found = findings_of(warehouse.pipeline, council.AUTHORITY, "Not known")
    assert [(row.expectation, row.table_name, row.record_key) for row in found] == [
        ("care.episodes.357", "fact_care_episodes", "9"),
        ("source.fact_casenotes.readable", "fact_casenotes", "1"),
        ("source.fact_referrals.dim_department_id_leads_somewhere", "fact_referrals", "8"),
    ]
    run(
        warehouse,
        "update landing.lcs__fact_care_episodes set care_reason_code = 'S' where fact_care_episodes_id = '9'",
        "insert into audit.extract (authority_code, as_known, run_id, status, dbt_invocation_id) "
        f"values ('{council.AUTHORITY}', '2020-04-01', 'next', 'landed', 'dbt-2')",
        MANIFEST_OF_THE_NEXT,
    )
    verdict = validate(Night(council.AUTHORITY, dt.date(2020, 4, 1), "next"), warehouse.pipeline, settings)
    assert (verdict.source, verdict.care) == ("warned", "passed")
    with warehouse.owner.connect() as connection:
        resolved = connection.execute(
            text(
                "select expectation, child is not null, last_seen from audit.finding "
                "where resolved_on = '2020-04-01'"
            )
        ).all()
        left = connection.scalar(text("select count(*) from audit.finding where resolved_on is null"))
        staged = connection.scalar(
            text(
                "select count(*) from pg_class where relnamespace = 'stage'::regnamespace "
                "and relkind in ('r', 'v')"
            )
        )
    assert [tuple(row) for row in resolved] == [("care.episodes.357", True, dt.date(2020, 3, 31))]
    assert (left, staged) == (2, 0)


def test_the_page_for_teams_has_every_rule_as_the_table_has_it() -> None:
    """The words of the table are those of the documentation: nobody keeps them twice."""
    page = (Path(care_gate.__file__).parents[3] / "docs" / "data-quality.md").read_text()
    for rule in RULES:
        row, share = NIGHT_FACTS.rules.row("care", rule.subject, rule.rule), share_of(rule)
        stops = f"above {percent(getattr(Limits(), share.stops_above))}" if share else ""
        cells = (rule.rule, rule.says, row.because, rule.do, row.owner, stops)
        assert f"| {' | '.join(cells)} |" in page
