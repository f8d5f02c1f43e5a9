-- One row per month end: the independent chairs, and the children who need one.
with chairs as (
    select
        authority_code,
        month_end,
        count(*) as chairs,
        sum(case when has_dual_role then 1 else 0 end) as dual_chairs,
        sum(fte_hundredths) as fte_hundredths
    from {{ ref('int_chair__at_month_end') }}
    group by authority_code, month_end
),

protected_children as (
    select
        authority_code,
        month_end,
        count(*) as children
    from {{ ref('int_chair__children_protected') }}
    group by authority_code, month_end
),

looked_after as (
    select
        authority_code,
        month_end,
        count(*) as children
    from {{ ref('int_care__children_at_month_end') }}
    group by authority_code, month_end
)

select
    month_ends.authority_code,
    month_ends.month_end,
    coalesce(chairs.chairs, 0) as chairs,
    coalesce(chairs.dual_chairs, 0) as dual_chairs,
    coalesce(chairs.fte_hundredths, 0) as fte_hundredths,
    coalesce(looked_after.children, 0) as children_looked_after,
    coalesce(protected_children.children, 0) as children_protected
from {{ ref('int_time__month_ends') }} as month_ends
left join chairs
    on
        month_ends.authority_code = chairs.authority_code
        and month_ends.month_end = chairs.month_end
left join protected_children
    on
        month_ends.authority_code = protected_children.authority_code
        and month_ends.month_end = protected_children.month_end
left join looked_after
    on
        month_ends.authority_code = looked_after.authority_code
        and month_ends.month_end = looked_after.month_end
