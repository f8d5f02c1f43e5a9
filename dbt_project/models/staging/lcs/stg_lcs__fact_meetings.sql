-- One row per meeting, future and cancelled ones included.
select
    authority_code,
    {{ lcs_id('fact_meeting_id') }} as meeting_id,
    {{ lcs_code('dim_lookup_mtg_type_id_code') }} as meeting_type_code,
    {{ lcs_date('actual_dttm') }} as meeting_date,
    coalesce({{ yes_or_no('cancelled') }}, false) as is_cancelled
from ({{ picture('fact_meetings', key='fact_meeting_id', greatest_in=[
    'actual_dttm', 'cancelled', 'dim_lookup_mtg_type_id_code'
]) }}) as picture
