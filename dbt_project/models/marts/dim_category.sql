-- One row per breakdown and category that values are published in.
select
    categories.authority_code,
    categories.breakdown,
    breakdowns.name as breakdown_name,
    breakdowns.sort_order as breakdown_sort_order,
    categories.category,
    case
        when categories.category = 'all' then breakdowns.name
        else coalesce(codes.description, categories.category)
    end as category_name,
    cast(categories.sort_order as integer) as sort_order
from {{ ref('int_breakdown__categories') }} as categories
left join {{ ref('breakdown') }} as breakdowns on categories.breakdown = breakdowns.breakdown
left join {{ ref('participation') }} as codes
    on
        categories.breakdown = 'participation_code'
        and categories.category = codes.participation_code
