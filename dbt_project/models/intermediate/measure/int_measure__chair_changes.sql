-- Children looked after at each month end whose chair changed in the 12 months to it.
{{ share_in_spans(
    'chair_changes',
    ref('int_chair__children_at_month_end'),
    dated='facts.month_end',
    counted='facts.has_changed',
    grains=['snapshot']
) }}
