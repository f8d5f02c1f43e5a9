-- One row per extract that landed, up to the one that this build reads: the night that it shows.
select
    authority_code,
    extract_id,
    as_known as night
from {{ source('audit', 'extract') }}
where
    authority_code = '{{ var("authority_code") }}'
    and status = 'landed'
    and extract_id <= {{ var("extract_id") }}
