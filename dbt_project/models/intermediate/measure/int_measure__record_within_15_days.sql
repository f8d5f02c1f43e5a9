-- Reviews completed in each span whose record was complete within 15 working days.
{{ share_in_spans(
    'record_within_15_days',
    ref('int_review__deadlines'),
    dated='facts.completed_date',
    counted="facts.is_record_in_time",
    among="facts.is_record_in_time is not null",
    breakdowns=review_breakdowns()
) }}
