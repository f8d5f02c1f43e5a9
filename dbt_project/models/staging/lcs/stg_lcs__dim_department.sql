-- One row per team or quadrant.
select
    authority_code,
    {{ lcs_id('dim_department_id') }} as department_id,
    {{ lcs_text('name') }} as department_name,
    {{ lcs_text('dept_type_description') }} as department_type
from ({{ picture('dim_department', key='dim_department_id', greatest_in=[
    'name', 'dept_type_description'
]) }}) as picture
