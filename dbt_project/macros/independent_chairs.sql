{# One row per day and worker with a chair's job title who is then reviewing officer or conference chair of somebody.
   `workers` is a relation of workers as they were known on each `day`. #}
{% macro independent_chairs(workers) -%}
    select
        workers.authority_code,
        workers.day,
        workers.worker_id,
        max({{ fte_hundredths('workers.full_time_equivalent_text') }}) as fte_hundredths,
        count(distinct involvements.involvement_type_code) = 2 as has_dual_role
    from {{ workers }} as workers
    inner join {{ ref('stg_lcs__fact_involvements') }} as involvements
        on
            workers.authority_code = involvements.authority_code
            and workers.worker_id = involvements.worker_id
            and workers.day >= involvements.start_date
            and (involvements.end_date is null or workers.day < involvements.end_date)
            and involvements.involvement_type_code in ('IRO', 'CPCHAIR')
    -- An involvement with nobody is none.
    inner join {{ ref('int_person__identities') }} as identities
        on
            involvements.authority_code = identities.authority_code
            and involvements.source_person_id = identities.source_person_id
    inner join ({{ site_rows('site_chair_job_title') }}) as site_titles
        on {{ lcs_folded('workers.job_title') }} = {{ lcs_folded('site_titles.job_title') }}
    group by workers.authority_code, workers.day, workers.worker_id
{%- endmacro %}
