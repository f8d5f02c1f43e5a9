-- Categories of the alerts raised in each span: an alert counts in each category that it has.
{{ count_in_spans(
    'alerts_by_category',
    ref('int_alert__categories'),
    dated='facts.raised_date',
    breakdowns=['alert_category']
) }}
