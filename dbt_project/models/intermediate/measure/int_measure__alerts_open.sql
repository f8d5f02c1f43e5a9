-- Care planning alerts at each month end that were raised on it or before and not concluded by it.
{{ count_in_spans(
    'alerts_open',
    ref('int_alert__open_at_month_end'),
    dated='facts.month_end',
    breakdowns=alert_breakdowns(),
    grains=['snapshot']
) }}
