-- One row a care planning alert: which of its dates keep it out of a measure?
select
    raised_date is null as without_raised,
    -- Judged where both dates are there.
    case when raised_date is not null and resolved_date is not null then resolved_date < raised_date end
        as resolved_before_raised
from $candidate.int_alert__alerts
