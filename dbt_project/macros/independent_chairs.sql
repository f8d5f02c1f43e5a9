{# One row per day and worker with a chair's job title who is then reviewing officer or conference chair of somebody.
   `days` is a relation with the council and, in the column `day`, its days. #}
{% macro independent_chairs(days, day) -%}
    select
        days.authority_code,
        days.{{ day }},
        workers.worker_id,
        max({{ fte_hundredths('workers.full_time_equivalent_text') }}) as fte_hundredths,
        count(distinct involvements.involvement_type_code) = 2 as has_dual_role
    from {{ days }} as days
    inner join {{ ref('stg_lcs__fact_involvements') }} as involvements
        on
            days.authority_code = involvements.authority_code
            and days.{{ day }} >= involvements.start_date
            and (involvements.end_date is null or days.{{ day }} < involvements.end_date)
            and involvements.involvement_type_code in ('IRO', 'CPCHAIR')
    -- An involvement with nobody is none.
    inner join {{ ref('int_person__identities') }} as identities
        on
            involvements.authority_code = identities.authority_code
            and involvements.source_person_id = identities.source_person_id
    inner join {{ ref('stg_lcs__dim_worker') }} as workers
        on
            involvements.authority_code = workers.authority_code
            and involvements.worker_id = workers.worker_id
    inner join ({{ site_rows('site_chair_job_title') }}) as site_titles
        on {{ lcs_folded('workers.job_title') }} = {{ lcs_folded('site_titles.job_title') }}
    group by days.authority_code, days.{{ day }}, workers.worker_id
{%- endmacro %}
