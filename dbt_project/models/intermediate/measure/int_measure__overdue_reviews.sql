-- Reviews overdue at each month end, of the children looked after on it.
{{ count_in_spans(
    'overdue_reviews',
    ref('int_review__overdue_at_month_end'),
    dated='facts.month_end',
    breakdowns=review_breakdowns(),
    grains=['snapshot']
) }}
