-- Series of meetings completed in each span within 20 working days of the first.
{{ share_in_spans(
    'series_within_20_days',
    ref('int_review__deadlines'),
    dated='facts.completed_date',
    counted="facts.is_series_in_time",
    among="facts.is_series_in_time is not null",
    breakdowns=review_breakdowns()
) }}
