-- One row per measure and stretch of time in which its definition and its target stay the same. A target that the
-- council set itself goes before the definition's, from its day until the next one's.
with own_targets as (
    select
        measure_id,
        target,
        target_upper,
        valid_from,
        lead(valid_from) over (partition by measure_id order by valid_from) as next_from
    from {{ ref('site_target') }}
    where authority_code = '{{ var("authority_code") }}'
),

starts as (
    select
        measure_id,
        valid_from
    from {{ ref('measure_definition') }}

    union distinct

    select
        measure_id,
        valid_from
    from own_targets
),

stretches as (
    select
        *,
        lead(valid_from) over (partition by measure_id order by valid_from) as next_from
    from starts
)

select
    '{{ var("authority_code") }}' as authority_code,
    definitions.measure_id,
    definitions.valid_from as defined_from,
    stretches.valid_from,
    least(definitions.valid_to, {{ date_after('day', -1, 'stretches.next_from') }}) as valid_to,
    case when own_targets.measure_id is null then definitions.target else own_targets.target end as target,
    case
        when own_targets.measure_id is null then definitions.target_upper else own_targets.target_upper
    end as target_upper
from stretches
inner join {{ ref('measure_definition') }} as definitions
    on
        stretches.measure_id = definitions.measure_id
        and stretches.valid_from >= definitions.valid_from
        and (definitions.valid_to is null or stretches.valid_from <= definitions.valid_to)
left join own_targets
    on
        stretches.measure_id = own_targets.measure_id
        and stretches.valid_from >= own_targets.valid_from
        and (own_targets.next_from is null or stretches.valid_from < own_targets.next_from)
