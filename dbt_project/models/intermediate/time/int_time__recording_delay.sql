-- One row: for how many days after its end a period stays provisional, by how late held reviews were recorded.
-- Counted are the reviews first seen in the nights of the last 12 months that came long enough after the first one: a
-- delay up to the longest can have been seen in them. The first night shows the past all at once and says nothing.
with first_night as (
    select min(night) as night
    from {{ ref('stg_audit__nights') }}
),

first_seen as (
    select
        held.authority_code,
        held.review_date,
        min(seen.first_extract_id) as extract_id
    from {{ ref('int_review__held') }} as held
    inner join {{ ref('int_review__meetings') }} as meetings
        on
            held.authority_code = meetings.authority_code
            and held.person_id = meetings.person_id
            and held.review_date = meetings.meeting_date
    inner join {{ ref('stg_lcs__fact_meetings_first_seen') }} as seen
        on
            meetings.authority_code = seen.authority_code
            and meetings.meeting_id = seen.meeting_id
            and meetings.meeting_date = seen.meeting_date
    group by held.authority_code, held.person_id, held.review_date
),

days_late as (
    select
        -- A meeting may be dated before it takes place.
        case
            when nights.night > first_seen.review_date
                then {{ dbt.datediff('first_seen.review_date', 'nights.night', 'day') }}
            else 0
        end as days
    from first_seen
    inner join {{ ref('stg_audit__nights') }} as nights
        on
            first_seen.authority_code = nights.authority_code
            and first_seen.extract_id = nights.extract_id
    cross join first_night
    where
        nights.night > {{ date_after('month', -12, as_known()) }}
        and nights.night >= {{ date_after('day', var('recording_delay_longest'), 'first_night.night') }}
),

in_order as (
    select
        days,
        row_number() over (order by days) as place,
        count(*) over () as reviews
    from days_late
),

usual as (
    select
        count(*) as reviews,
        min(case when 100 * place >= 98 * reviews then days end) as days
    from in_order
)

select
    '{{ var("authority_code") }}' as authority_code,
    cast(reviews as integer) as reviews_seen,
    cast(days as integer) as usual_days,
    cast(
        case
            when reviews < {{ var('recording_delay_reviews') }} then {{ var('provisional_days') }}
            else greatest(least(days, {{ var('recording_delay_longest') }}), {{ var('provisional_days') }})
        end as integer
    ) as provisional_days
from usual
