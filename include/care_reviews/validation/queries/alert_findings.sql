-- One row a care planning alert: has it the date that every measure of alerts counts by?
select raised_date is null as without_raised
from $candidate.int_alert__alerts
