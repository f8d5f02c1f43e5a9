-- One row per person record of the source that is somebody: who it is after merging.
with grouped as (
    select
        *,
        coalesce('legacy ' || legacy_id, 'only ' || cast(person_id as {{ dbt.type_string() }})) as person_group
    from {{ ref('stg_lcs__dim_person') }}
    where person_id is not null
),

survivors as (
    select
        authority_code,
        person_group,
        person_id,
        is_client,
        row_number() over (partition by authority_code, person_group order by person_id) as choice
    from grouped
    where merged_at is null
)

select
    grouped.authority_code,
    grouped.person_id as source_person_id,
    survivors.person_id
from grouped
inner join survivors
    on
        grouped.authority_code = survivors.authority_code
        and grouped.person_group = survivors.person_group
where
    survivors.choice = 1
    and survivors.is_client
