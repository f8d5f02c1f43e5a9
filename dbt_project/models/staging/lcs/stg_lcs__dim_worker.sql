-- One row per worker.
select
    authority_code,
    {{ lcs_id('dim_worker_id') }} as worker_id,
    {{ lcs_text('staff_id') }} as staff_id,
    {{ lcs_text('job_title') }} as job_title,
    {{ lcs_text('department_name') }} as department_name,
    {{ lcs_text('full_time_equivalency') }} as full_time_equivalent_text
from ({{ picture('dim_worker', key='dim_worker_id', greatest_in=[
    'full_time_equivalency', 'job_title', 'staff_id', 'department_name'
]) }}) as picture
