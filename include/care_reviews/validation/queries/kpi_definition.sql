-- One row a measure that should be defined, or is: has it one definition at a time, and values?
with wanted (measure_id) as (values $measures),
defined as (select distinct measure_id from $candidate.kpi_definition)
select
    defined.measure_id is null as undefined,
    defined.measure_id is not null and not exists (
        select from $candidate.kpi_value_unsuppressed as kpi where kpi.measure_id = defined.measure_id
    ) as valueless,
    wanted.measure_id is null as unplanned,
    exists (
        select from $candidate.kpi_definition as one
        inner join $candidate.kpi_definition as other
            on other.measure_id = one.measure_id and other.valid_from > one.valid_from
            and other.valid_from <= coalesce(one.valid_to, 'infinity')
        where one.measure_id = defined.measure_id
    ) as overlapping
from wanted
full join defined using (measure_id)
