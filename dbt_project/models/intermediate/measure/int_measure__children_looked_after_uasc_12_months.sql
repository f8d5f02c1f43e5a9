-- Children looked after at each month end who were unaccompanied asylum-seeking children within the 12 months to it.
{{ count_in_spans(
    'children_looked_after_uasc_12_months',
    ref('int_care__children_at_month_end'),
    dated='facts.month_end',
    among='facts.was_uasc_in_year',
    breakdowns=['quadrant', 'sex', 'age_band', 'ethnicity', 'legal_status_group', 'placement_group'],
    grains=['snapshot']
) }}
