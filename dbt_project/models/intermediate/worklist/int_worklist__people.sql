-- One row per person: looked after on the night or not, and with which chair and team. Who is not looked after keeps
-- the last ones.
with looked_after as (
    select distinct
        authority_code,
        person_id
    from {{ ref('int_care__periods') }}
    where
        start_date <= {{ as_known() }}
        and (end_date is null or end_date > {{ as_known() }})
),

chairs as (
    select
        *,
        row_number() over (partition by authority_code, person_id order by from_date desc) as recency
    from {{ ref('int_chair__officer_spans') }}
    where from_date <= {{ as_known() }}
),

teams as (
    select
        *,
        row_number() over (partition by authority_code, person_id order by from_date desc) as recency
    from {{ ref('int_child__quadrant_spans') }}
    where from_date <= {{ as_known() }}
)

select
    people.authority_code,
    people.person_id,
    looked_after.person_id is not null as is_looked_after,
    chairs.worker_id,
    coalesce(teams.team, 'Not known') as team,
    coalesce(teams.quadrant, 'Not known') as quadrant
from {{ ref('int_person__people') }} as people
left join looked_after
    on
        people.authority_code = looked_after.authority_code
        and people.person_id = looked_after.person_id
{%- for spans in ['chairs', 'teams'] %}
    left join {{ spans }}
        on
            people.authority_code = {{ spans }}.authority_code
            and people.person_id = {{ spans }}.person_id
            and {{ spans }}.recency = 1
            and (
                looked_after.person_id is null
                or {{ spans }}.until_date is null
                or {{ spans }}.until_date > {{ as_known() }}
            )
{%- endfor %}
