-- Children for whom a care planning alert was raised in each span.
{{ people_in_spans(
    'alert_children_raised',
    ref('int_alert__alerts'),
    dated='facts.raised_date',
    breakdowns=alert_breakdowns()
) }}
