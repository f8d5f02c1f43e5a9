-- One row an independent chair of the published month ends: can the working time be read?
select max(fte_hundredths) is null as without_working_time
from $candidate.int_chair__at_month_end
group by worker_id
