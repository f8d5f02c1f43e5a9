-- A measure without a definition, or a definition without a measure.
with measured as (
    select distinct measure_id from {{ ref('int_measure__cells') }}
),

defined as (
    select distinct measure_id from {{ ref('measure_definition') }}
)

select
    measured.measure_id as measured,
    defined.measure_id as defined
from measured
full outer join defined
    on measured.measure_id = defined.measure_id
where
    measured.measure_id is null
    or defined.measure_id is null
