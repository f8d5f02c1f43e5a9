-- Reviews completed in each span whose record was distributed within 20 working days.
{{ share_in_spans(
    'record_distributed_within_20_days',
    ref('int_review__deadlines'),
    dated='facts.completed_date',
    counted="facts.is_distribution_in_time",
    among="facts.is_distribution_in_time is not null",
    breakdowns=review_breakdowns()
) }}
