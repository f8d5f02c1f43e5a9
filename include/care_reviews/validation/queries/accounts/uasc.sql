-- Who had the immigration status UASC on a month end, or on a day since `since`.
select distinct month_ends.period_end, uasc.person_id
from month_ends
inner join $landed_uasc as uasc
    on uasc.start_date <= month_ends.period_end
    and coalesce(uasc.end_date > greatest(uasc.start_date, $since), true)
