-- Periods of care that ended in each span.
{{ count_in_spans(
    'periods_ceased',
    ref('int_care__periods'),
    dated='facts.end_date',
    breakdowns=child_breakdowns() + ['end_reason']
) }}
