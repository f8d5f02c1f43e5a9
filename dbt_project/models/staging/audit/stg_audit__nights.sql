-- One row per extract that had landed, and was not discarded, when the one that this build reads had; that one too.
select
    authority_code,
    extract_id,
    as_known as night
from {{ source('audit', 'extract') }}
where
    authority_code = '{{ var("authority_code") }}'
    and extract_id <= {{ extract_id() }}
    and (
        status = 'landed'
        or discarded_at > (
            select mine.landed_at
            from {{ source('audit', 'extract') }} as mine
            where mine.extract_id = {{ extract_id() }}
        )
    )
