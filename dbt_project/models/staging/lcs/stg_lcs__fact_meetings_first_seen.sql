-- One row per meeting and date that it was ever said to have taken place on: the first extract that said so.
select
    authority_code,
    {{ lcs_id('fact_meeting_id') }} as meeting_id,
    {{ lcs_date('actual_dttm') }} as meeting_date,
    min(known_from) as first_extract_id
from {{ source('landing', 'lcs__fact_meetings') }}
where
    authority_code = '{{ var("authority_code") }}'
    and known_from <= {{ extract_id() }}
    and not coalesce({{ yes_or_no('cancelled') }}, false)
group by 1, 2, 3
