-- One row per measure and stretch of time in which its definition and its target hold.
select
    stretches.authority_code,
    stretches.measure_id,
    definitions.measure_group,
    measure_groups.name as measure_group_name,
    cast(
        dense_rank() over (order by measure_groups.sort_order, definitions.name, definitions.measure_id) as integer
    ) as sort_order,
    definitions.name,
    definitions.description,
    definitions.unit,
    definitions.numerator,
    definitions.denominator,
    definitions.exclusions,
    definitions.source,
    replace(
        replace(definitions.choices, '{review_held_on}', '{{ var("review_held_on") }}'),
        '{provisional_days}', 'at least {{ var("provisional_days") }}'
    ) as choices,
    definitions.looks_back_months,
    definitions.is_year_to_date,
    definitions.is_as_landed,
    cast(stretches.target as numeric(9, 4)) as target,
    cast(stretches.target_upper as numeric(9, 4)) as target_upper,
    definitions.direction,
    cast(stretches.valid_from as date) as valid_from,
    cast(stretches.valid_to as date) as valid_to
from {{ ref('int_definition__stretches') }} as stretches
inner join {{ ref('measure_definition') }} as definitions
    on
        stretches.measure_id = definitions.measure_id
        and stretches.defined_from = definitions.valid_from
left join {{ ref('measure_group') }} as measure_groups on definitions.measure_group = measure_groups.measure_group
