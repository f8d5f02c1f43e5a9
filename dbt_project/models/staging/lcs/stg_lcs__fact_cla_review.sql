-- One row per review as the source holds it, future and cancelled ones included.
select
    authority_code,
    {{ lcs_id('fact_cla_review_id') }} as review_id,
    {{ lcs_id('fact_cla_id') }} as period_id,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_id('fact_meeting_id') }} as meeting_id,
    {{ lcs_date('due_dttm') }} as scheduled_date,
    {{ lcs_date('meeting_dttm') }} as planned_meeting_date
from ({{ picture('fact_cla_review', key='fact_cla_review_id', greatest_in=[
    'fact_meeting_id', 'meeting_dttm', 'due_dttm', 'dim_person_id', 'fact_cla_id'
]) }}) as picture
