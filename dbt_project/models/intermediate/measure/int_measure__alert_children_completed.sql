-- Children for whom a care planning alert was concluded in each span.
{{ alerts_in_spans('alert_children_completed', 'distinct alerts.person_id', 'resolved_date') }}
