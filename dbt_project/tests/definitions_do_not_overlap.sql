-- Two definitions of one measure that hold on the same day.
select
    earlier.measure_id,
    later.valid_from
from {{ ref('measure_definition') }} as earlier
inner join {{ ref('measure_definition') }} as later
    on
        earlier.measure_id = later.measure_id
        and earlier.valid_from < later.valid_from
        and (earlier.valid_to is null or earlier.valid_to >= later.valid_from)
