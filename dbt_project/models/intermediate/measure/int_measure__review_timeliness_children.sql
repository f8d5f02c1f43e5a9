-- Children looked after at each month end with no review late or overdue in the reporting year so far.
{{ share_in_spans(
    'review_timeliness_children',
    ref('int_review__children_at_month_end'),
    dated='facts.month_end',
    counted='not facts.has_late and not facts.has_overdue',
    grains=['snapshot']
) }}
