-- Children for whom a care planning alert was raised in each span.
{{ alerts_in_spans('alert_children_raised', 'distinct alerts.person_id', 'raised_date') }}
