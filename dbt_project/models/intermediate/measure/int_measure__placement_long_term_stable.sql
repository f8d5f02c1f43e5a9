-- Children under 16 long looked after at each month end who have been in one placement for 2 years.
{{ share_in_spans(
    'placement_long_term_stable',
    ref('int_care__long_term_at_month_end'),
    dated='facts.month_end',
    counted='facts.is_settled',
    grains=['snapshot']
) }}
