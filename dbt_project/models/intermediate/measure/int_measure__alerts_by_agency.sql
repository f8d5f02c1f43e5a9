-- Alerts raised in each span, each by whether it was against the local authority or a partner agency.
{{ count_in_spans(
    'alerts_by_agency',
    ref('int_alert__kinds'),
    dated='facts.raised_date',
    breakdowns=['alert_agency']
) }}
