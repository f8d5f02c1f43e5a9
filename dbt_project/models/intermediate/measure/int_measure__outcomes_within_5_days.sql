-- Reviews completed in each span whose outcomes were complete within 5 working days.
{{ share_in_spans(
    'outcomes_within_5_days',
    ref('int_review__deadlines'),
    dated='facts.completed_date',
    counted="facts.is_outcomes_in_time",
    among="facts.is_outcomes_in_time is not null",
    breakdowns=review_breakdowns()
) }}
