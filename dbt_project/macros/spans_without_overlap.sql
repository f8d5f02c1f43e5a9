{# One row per person and stretch of days with one row of `facts`, which have a start: of those that overlap the first
   in `order_by` counts, which must leave no tie. `until_date` is not a day of it; null is open. #}
{% macro spans_without_overlap(facts, columns, order_by) -%}
    with edges as (
        select
            authority_code,
            person_id,
            start_date as edge_date
        from {{ facts }}

        union

        select
            authority_code,
            person_id,
            end_date
        from {{ facts }}
        where end_date is not null
    ),

    stretches as (
        select
            authority_code,
            person_id,
            edge_date as from_date,
            lead(edge_date) over (partition by authority_code, person_id order by edge_date) as until_date
        from edges
    ),

    candidates as (
        select
            stretches.*,
            {%- for column in columns %}
                facts.{{ column }},
            {%- endfor %}
            row_number() over (
                partition by stretches.authority_code, stretches.person_id, stretches.from_date
                order by {{ order_by }}
            ) as choice
        from stretches
        inner join {{ facts }} as facts
            on
                stretches.authority_code = facts.authority_code
                and stretches.person_id = facts.person_id
                and stretches.from_date >= facts.start_date
                and (facts.end_date is null or stretches.from_date < facts.end_date)
    )

    select
        authority_code,
        person_id,
        from_date,
        until_date
        {%- for column in columns %},
            {{ column }}
        {%- endfor %}
    from candidates
    where choice = 1
{%- endmacro %}
