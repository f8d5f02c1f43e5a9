-- One row per version of a worker that any picture up to this one held: the extract that first showed it, and the one
-- that no longer did.
select
    authority_code,
    {{ lcs_id('dim_worker_id') }} as worker_id,
    {{ lcs_text('job_title') }} as job_title,
    {{ lcs_text('full_time_equivalency') }} as full_time_equivalent_text,
    -- Of rows that share a key the one with the greater text counts, as in stg_lcs__dim_worker.
    row_number() over (
        order by
            {{ in_byte_order("coalesce(full_time_equivalency, '')") }},
            {{ in_byte_order("coalesce(job_title, '')") }},
            {{ in_byte_order("coalesce(staff_id, '')") }},
            {{ in_byte_order("coalesce(department_name, '')") }},
            row_hash
    ) as place,
    known_from as first_extract_id,
    known_to as gone_extract_id
from {{ source('landing', 'lcs__dim_worker') }}
where
    authority_code = '{{ var("authority_code") }}'
    and known_from <= {{ extract_id() }}
    and occurrence = 1
