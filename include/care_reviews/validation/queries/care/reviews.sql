-- One row per recorded review of somebody that was not cancelled: was it held, in care, once, in time to be true, and how
-- did the child take part? What only a held review has is judged on the row that counts.
with recorded as (
    select review.review_id, review.meeting_id, identities.person_id, meeting.meeting_date
    from $candidate.stg_lcs__fact_cla_review as review
    inner join $candidate.stg_lcs__fact_meetings as meeting on meeting.meeting_id = review.meeting_id
    inner join $candidate.int_person__identities as identities on identities.source_person_id = review.source_person_id
    where meeting.meeting_type_code = 'CLAR' and not meeting.is_cancelled
),
numbered as (
    select *,
        count(*) over (partition by person_id, meeting_date) as on_the_day,
        count(*) over (partition by person_id, meeting_id) as for_the_meeting
    from recorded
),
children as (
    select
        people.person_id,
        people.person_id in (
            select identities.person_id from $candidate.stg_lcs__fact_care_episodes as episodes
            inner join $candidate.int_person__identities as identities
                on identities.source_person_id = episodes.source_person_id
            where identities.person_id is not null
        ) as has_episode,
        people.person_id in (select person_id from $candidate.int_care__all_periods) as has_period,
        people.person_id in (select person_id from $candidate.int_care__periods) as has_measured_period,
        people.fourth_birthday
    from $candidate.int_person__people as people
    where people.person_id in (select person_id from recorded)
),
in_care as (
    select numbered.person_id, numbered.meeting_date, bool_or(measured.period_id is not null) as is_measured
    from numbered
    inner join $candidate.int_care__all_periods as periods
        on periods.person_id = numbered.person_id and numbered.meeting_date >= periods.start_date
        and (periods.end_date is null or numbered.meeting_date <= periods.end_date)
    left join $candidate.int_care__periods as measured on measured.period_id = periods.period_id
    group by numbered.person_id, numbered.meeting_date
),
ended as (
    select identities.person_id, min(episodes.end_date) as ended_on
    from $candidate.stg_lcs__fact_care_episodes as episodes
    inner join $candidate.int_person__identities as identities
        on identities.source_person_id = episodes.source_person_id
    where episodes.end_reason_code in ('E2', 'E15')
    group by identities.person_id
)
select
    numbered.review_id::text as record_key,
    numbered.person_id::text as person_id,
    case when told.participation_code is not null or told.form_key is not null then numbered.meeting_date is null end as rule_166,
    case when held.person_id is not null then held.participation_code is null end as rule_167,
    -- At the time, or ever: of a child who was in care before or after, the breaks of the day decide.
    case when numbered.meeting_date is not null and children.has_period then
        not children.has_measured_period or in_care.is_measured is false
    end as rule_399,
    case when numbered.meeting_date is not null then coalesce(numbered.meeting_date > ended.ended_on, false) end as rule_437,
    case when held.is_in_participation_scope then coalesce(held.participation_code = 'PN0', false) end as rule_440,
    case when held.held_date < children.fourth_birthday then coalesce(held.participation_code <> 'PN0', false) end as rule_441,
    case when numbered.meeting_date is not null then not children.has_episode end as rule_1012,
    case when numbered.meeting_date <= date '$as_known' then in_care.person_id is null end as rule_r01,
    numbered.meeting_date > date '$as_known' as rule_r02,
    case when numbered.for_the_meeting > 1 then true when numbered.meeting_date is not null then numbered.on_the_day > 1 end
        as rule_r03,
    held.held_date - coalesce(held.previous_held_date, periods.start_date)
        > case when held.previous_held_date is null then 40 else 190 end as rule_r05,
    least(held.outcomes_completed_date, held.record_completed_date, held.record_distributed_date) < held.review_date as rule_r06,
    case when held.meetings > 1 then not deadlines.is_series_in_time end as rule_r07
from numbered
inner join children on children.person_id = numbered.person_id
left join ended on ended.person_id = numbered.person_id
left join in_care on in_care.person_id = numbered.person_id and in_care.meeting_date = numbered.meeting_date
left join $candidate.int_review__participation as told
    on told.meeting_id = numbered.meeting_id and told.person_id = numbered.person_id
left join $candidate.int_review__reviews as held
    on held.person_id = numbered.person_id and held.review_date = numbered.meeting_date
    and held.meeting_id = numbered.meeting_id and held.review_id is not distinct from numbered.review_id
left join $candidate.int_care__periods as periods on periods.period_id = held.period_id
left join $candidate.int_review__deadlines as deadlines
    on deadlines.period_id = held.period_id and deadlines.review_sequence = held.review_sequence
