-- Reviews due in each span, or in the reporting year up to each month end, that were held in time.
{{ share_in_spans(
    'review_timeliness_reviews',
    ref('int_review__due_dates'),
    dated='facts.due_date',
    counted='facts.held_date <= facts.due_date',
    among='facts.is_counted',
    breakdowns=review_breakdowns(),
    grains=['span', 'snapshot']
) }}
