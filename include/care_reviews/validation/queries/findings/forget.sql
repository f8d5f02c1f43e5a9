-- A discarded night never was: what it found counts nowhere, and what it did not find is open as before.
with before as (
    select counts.expectation, max(validation.as_known) as night
    from audit.finding_count as counts
    inner join audit.validation as validation on validation.validation_id = counts.validation_id
    inner join audit.extract as extract on extract.extract_id = validation.extract_id
    where validation.authority_code = :authority_code and validation.as_known < :as_known and extract.status <> 'discarded'
    group by counts.expectation
)
update audit.finding as finding
set is_discarded = finding.first_seen = :as_known,
    resolved_on = case when finding.resolved_on = :as_known and finding.first_seen < :as_known then null
        else finding.resolved_on end,
    last_seen = case when finding.last_seen = :as_known and finding.first_seen < :as_known
        then greatest(finding.first_seen, (select night from before where before.expectation = finding.expectation))
        else finding.last_seen end
where finding.authority_code = :authority_code and not finding.is_discarded
    and (finding.first_seen = :as_known or finding.last_seen = :as_known or finding.resolved_on = :as_known)
