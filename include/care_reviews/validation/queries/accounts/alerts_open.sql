-- The rows of alerts raised, each with the day on which its alert was concluded, if it was.
select
    raised.reason,
    raised.reason_of_scope,
    raised.person_id,
    raised.start_date,
    concluded.start_date as end_date
from $account_alerts_raised as raised
left join $account_alerts_concluded as concluded on concluded.form = raised.form and concluded.reason is null
