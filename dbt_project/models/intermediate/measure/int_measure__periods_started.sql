-- Periods of care that started in each span.
{{ count_in_spans(
    'periods_started',
    ref('int_care__periods'),
    dated='facts.start_date'
) }}
