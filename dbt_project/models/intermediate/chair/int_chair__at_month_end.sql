-- One row per month end and independent chair with a child on it, as officer or as conference chair.
with chairs as (
    {{ independent_chairs(ref('int_chair__workers_at_month_end')) }}
)

select
    authority_code,
    day as month_end,
    worker_id,
    fte_hundredths,
    has_dual_role
from chairs
