-- The same, of those children with a review due in the reporting year so far.
{{ share_in_spans(
    'review_timeliness_children_due',
    ref('int_review__children_at_month_end'),
    dated='facts.month_end',
    counted='not facts.has_late and not facts.has_overdue',
    among='facts.has_due',
    grains=['snapshot']
) }}
