-- The rows of alerts raised, those set aside that follow no earlier day within 12 months on which the child had one raised.
with days as (
    select person_id, start_date, lag(start_date) over (partition by person_id order by start_date) as earlier_date
    from (select distinct person_id, start_date from $account_alerts_raised as raised where reason is null) as days
)
select
    coalesce(raised.reason, case
        when (days.earlier_date + interval '12 months' >= days.start_date) is not true then 'not within 12 months of an earlier one'
    end) as reason,
    raised.reason_of_scope,
    raised.person_id,
    raised.start_date,
    raised.end_date
from $account_alerts_raised as raised
left join days on days.person_id = raised.person_id and days.start_date = raised.start_date
