-- What the source gave of the table of $measure, and what of it could not be read.
select '$measure' as measure_id, 'read' as kind, null::text as reason, null::date as period_end, rows_read as rows, null::bigint as published
from audit.manifest
where extract_id = $extract_id and table_name = '$table'
union all
select '$measure', 'set aside', 'unreadable', null, count(*), null
from $quarantined as quarantined
having count(*) > 0
