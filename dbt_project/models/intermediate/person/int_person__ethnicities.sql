-- One row per local ethnicity code: the national code and its group.
with choices as (
    select
        lookup.authority_code,
        lookup.local_ethnicity_code,
        ethnicity.ethnicity_code,
        ethnicity.ethnicity_group,
        row_number() over (
            partition by lookup.authority_code, lookup.local_ethnicity_code order by ethnicity.ethnicity_code
        ) as choice
    from {{ ref('stg_lcs__dim_lookup_dfe_ethnic') }} as lookup
    inner join {{ ref('ethnicity') }} as ethnicity
        on lookup.ethnicity_code = ethnicity.ethnicity_code
)

select
    authority_code,
    local_ethnicity_code,
    ethnicity_code,
    ethnicity_group
from choices
where choice = 1
