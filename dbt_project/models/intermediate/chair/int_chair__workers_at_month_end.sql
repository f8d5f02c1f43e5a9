-- One row per month end and worker, as the worker had landed by the last night on the day or before: the record
-- system keeps no history of workers. Month ends before the first night have none.
with pictures as (
    select
        month_ends.authority_code,
        month_ends.month_end,
        nights.extract_id,
        row_number() over (
            partition by month_ends.authority_code, month_ends.month_end
            order by nights.night desc, nights.extract_id desc
        ) as place
    from {{ ref('int_time__month_ends') }} as month_ends
    inner join {{ ref('stg_audit__nights') }} as nights
        on
            month_ends.authority_code = nights.authority_code
            and month_ends.month_end >= nights.night
),

versions as (
    select
        pictures.month_end,
        workers.*,
        row_number() over (
            partition by pictures.authority_code, pictures.month_end, workers.worker_id
            order by workers.place desc
        ) as place_of_worker
    from pictures
    inner join {{ ref('stg_lcs__dim_worker_versions') }} as workers
        on
            pictures.authority_code = workers.authority_code
            and pictures.extract_id >= workers.first_extract_id
            and (workers.gone_extract_id is null or pictures.extract_id < workers.gone_extract_id)
    where pictures.place = 1
)

select
    authority_code,
    month_end as day,
    worker_id,
    job_title,
    full_time_equivalent_text
from versions
where place_of_worker = 1
