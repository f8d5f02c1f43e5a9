-- Periods of care that started in each span with a chair by the 5th working day.
{{ share_in_spans(
    'chair_allocated_within_5_days',
    ref('int_chair__first_allocations'),
    dated='facts.start_date',
    counted='facts.is_in_time',
    among='facts.is_in_time is not null'
) }}
