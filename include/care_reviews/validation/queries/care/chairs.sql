-- One row an independent chair of the night: can the working time be read? Of earlier month ends nothing can be mended.
select worker_id::text as record_key, null as person_id, fte_hundredths is null as rule_r12
from $candidate.int_chair__caseloads
