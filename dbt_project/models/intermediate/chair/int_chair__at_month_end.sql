-- One row per month end and independent chair with a child on it, as officer or as conference chair.
select
    month_ends.authority_code,
    month_ends.month_end,
    workers.worker_id,
    max({{ fte_hundredths('workers.full_time_equivalent_text') }}) as fte_hundredths,
    count(distinct involvements.involvement_type_code) = 2 as has_dual_role
from {{ ref('int_time__month_ends') }} as month_ends
inner join {{ ref('stg_lcs__fact_involvements') }} as involvements
    on
        month_ends.authority_code = involvements.authority_code
        and month_ends.month_end >= involvements.start_date
        and (involvements.end_date is null or month_ends.month_end < involvements.end_date)
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
where lower(workers.job_title) = '{{ var("chair_job_title") }}'
group by month_ends.authority_code, month_ends.month_end, workers.worker_id
