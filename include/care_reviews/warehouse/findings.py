"""What readers see of findings: counts for the auditor, single ones under a pseudonym for analysts."""

from __future__ import annotations

from sqlalchemy import Connection

from care_reviews.warehouse.views import deploy_view

TREND = "audit.finding_trend"
LIST = "analysis.finding"

_TREND = """select validation.authority_code, validation.as_known, validation.gate, counts.expectation,
    counts.rule, counts.owner, counts.severity, counts.team, counts.rows_checked, counts.open_findings,
    counts.new_findings, counts.resolved_findings
from (
    select distinct on (v.authority_code, v.as_known, v.gate)
        v.validation_id, v.authority_code, v.as_known, v.gate
    from audit.validation as v
    inner join audit.extract as e on e.extract_id = v.extract_id and e.status <> 'discarded'
    order by v.authority_code, v.as_known, v.gate, v.validation_id desc
) as validation
inner join audit.finding_count as counts on counts.validation_id = validation.validation_id"""

_TREND_WORDS: dict[str | None, str] = {
    None: "The trend of data quality: findings by night, rule and team, of the newest validation of each "
    "night that was not discarded.",
    "authority_code": "ONS code of the council.",
    "as_known": "The night.",
    "gate": "The gate that the rule belongs to.",
    "expectation": "Name of the expectation.",
    "rule": "Number or name of the rule.",
    "owner": "Who acts.",
    "severity": "warn; stop: there were so many that they stopped the night.",
    "team": "Quadrant; All teams: the sum, which is there for every rule that was judged.",
    "rows_checked": "Of All teams: rows judged. 0: there was nothing to check.",
    "open_findings": "Findings open after the night.",
    "new_findings": "Findings that the night found first.",
    "resolved_findings": "Findings that the night no longer found.",
}

_LIST = """select finding_id, authority_code, expectation, rule, severity, owner, table_name, child, team,
    first_seen, last_seen, resolved_on
from audit.finding
where not is_discarded"""

_LIST_WORDS: dict[str | None, str] = {
    None: "Findings in the records, open and resolved, one row each: the child under the pseudonym of the "
    "other marts.",
    "finding_id": "Identifies the finding, as `care-reviews quality --team` lists it.",
    "authority_code": "ONS code of the council.",
    "expectation": "Name of the expectation.",
    "rule": "Number or name of the rule.",
    "severity": "warn; stop: on the last night seen there were so many that they stopped it.",
    "owner": "Who acts.",
    "table_name": "Source table of the record.",
    "child": "Pseudonym of the child; empty: the record is about nobody who is known.",
    "team": "Quadrant that worked with the child on the last night seen, or last before it.",
    "first_seen": "The night that found it.",
    "last_seen": "The newest night that found it.",
    "resolved_on": "The night that no longer found it; empty: it is open.",
}


def deploy_findings(connection: Connection) -> list[str]:
    """Make the two views where they are not as they should be; says what changed."""
    views = ((TREND, _TREND, _TREND_WORDS), (LIST, _LIST, _LIST_WORDS))
    return [
        f"view {name} made"
        for name, definition, words in views
        if deploy_view(connection, name, definition, words)
    ]
