-- Children looked after at each month end with three or more placements in the 12 months to it.
{{ share_in_spans(
    'placements_three_or_more',
    ref('int_care__placements_in_year'),
    dated='facts.month_end',
    counted='facts.placements >= 3',
    grains=['snapshot']
) }}
