-- One row per review meeting and person of it: how often and how it is told that the person took part, and has it a review?
with told as (
    select subjects.meeting_id, subjects.person_id, words.participation_text
    from $candidate.int_review__subjects as subjects
    cross join lateral (values (subjects.subject_text), (subjects.form_text)) as words (participation_text)
),
meant as (
    select told.meeting_id, told.person_id, count(texts.participation_code) as tellings,
        count(distinct texts.participation_code) as codes
    from told
    inner join $candidate.stg_lcs__fact_meetings as meeting on meeting.meeting_id = told.meeting_id
    left join $candidate.int_review__participation_texts as texts on texts.participation_text = told.participation_text
    where meeting.meeting_type_code = 'CLAR' and not meeting.is_cancelled
    group by told.meeting_id, told.person_id
),
reviewed as (
    select distinct review.meeting_id, identities.person_id
    from $candidate.stg_lcs__fact_cla_review as review
    inner join $candidate.int_person__identities as identities on identities.source_person_id = review.source_person_id
)
select
    meant.meeting_id || ' ' || meant.person_id as record_key,
    meant.person_id::text as person_id,
    case when meant.tellings > 0 then reviewed.person_id is null end as rule_167,
    case when meant.tellings > 1 then meant.codes > 1 end as rule_r04
from meant
left join reviewed on reviewed.meeting_id = meant.meeting_id and reviewed.person_id = meant.person_id
