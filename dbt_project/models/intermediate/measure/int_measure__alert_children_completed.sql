-- Children for whom a care planning alert was concluded in each span.
{{ people_in_spans(
    'alert_children_completed',
    ref('int_alert__alerts'),
    dated='facts.resolved_date',
    breakdowns=alert_breakdowns()
) }}
