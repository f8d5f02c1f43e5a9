-- One row: for how many days a period stays provisional, made from landing without the models. Of the reviews that were
-- first seen in the last year of nights, those near the first night left out, 98% were there after how many days?
with nights as (
    select extract_id, as_known, min(as_known) over () as first_night
    from audit.extract
    where authority_code = '$authority' and status = 'landed' and extract_id <= $extract_id
),
dated as (
    select fact_meeting_id, left(actual_dttm, 10) as meeting_day, min(known_from) as extract_id
    from landing.lcs__fact_meetings as meeting
    where authority_code = '$authority' and known_from <= $extract_id and not $is_cancelled
    group by fact_meeting_id, left(actual_dttm, 10)
),
reviews as (
    select distinct on (held.person_id, held.review_date) held.review_date, dated.extract_id
    from $landed_reviews as held
    inner join $landed_people as people on people.person_id = held.person_id
    inner join $fact_cla_review as review on review.dim_person_id::bigint = people.record_id
    inner join $fact_meetings as meeting
        on meeting.fact_meeting_id = review.fact_meeting_id and meeting.fact_meeting_id <> '-1'
        and left(meeting.actual_dttm, 10) = held.review_date::text
        and $meeting_type = 'CLAR' and not $is_cancelled
    inner join dated on dated.fact_meeting_id = meeting.fact_meeting_id and dated.meeting_day = held.review_date::text
    where held.is_measured and held.review_date <= date '$as_known'
    order by held.person_id, held.review_date, dated.extract_id
),
late as (
    select greatest(nights.as_known - reviews.review_date, 0) as days
    from reviews
    inner join nights using (extract_id)
    where nights.as_known > date '$as_known' - interval '12 months'
        and nights.as_known - nights.first_night >= $delay_longest
),
by_days as (
    select days, sum(count(*)) over (order by days) as so_far from late group by days
)
select
    (select count(*) from late) as reviews,
    greatest($provisional_days, case
        when (select count(*) from late) >= $delay_reviews then (
            select least(min(days), $delay_longest) from by_days where so_far >= 0.98 * (select count(*) from late)
        )
    end) as provisional_days
