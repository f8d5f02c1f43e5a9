-- Children looked after at each month end with no review overdue.
{{ share_in_spans(
    'review_up_to_date',
    ref('int_review__children_at_month_end'),
    dated='facts.month_end',
    counted='not facts.has_overdue',
    grains=['snapshot']
) }}
