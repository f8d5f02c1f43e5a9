-- One row an independent chair of the published month ends: can the working time be read?
select worker_id::text as record_key, null as person_id, max(fte_hundredths) is null as rule_r12
from $candidate.int_chair__at_month_end
group by worker_id
