-- One row per measure and stretch of time in which its definition holds.
select
    '{{ var("authority_code") }}' as authority_code,
    measure_id,
    name,
    description,
    unit,
    numerator,
    denominator,
    exclusions,
    source,
    replace(
        replace(choices, '{review_held_on}', '{{ var("review_held_on") }}'),
        '{provisional_days}', 'at least {{ var("provisional_days") }}'
    ) as choices,
    cast(target as numeric(9, 4)) as target,
    direction,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to
from {{ ref('measure_definition') }}
