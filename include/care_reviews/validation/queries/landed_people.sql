-- Every person record of landing that is somebody, and who it is after merging.
select record_id::bigint as record_id, person_id::bigint as person_id
from $landed_identities
where person_id is not null and is_client
