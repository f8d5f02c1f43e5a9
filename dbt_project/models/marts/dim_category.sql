-- One row per breakdown and category that values are published in.
select
    authority_code,
    breakdown,
    category,
    cast(sort_order as integer) as sort_order
from {{ ref('int_breakdown__categories') }}
