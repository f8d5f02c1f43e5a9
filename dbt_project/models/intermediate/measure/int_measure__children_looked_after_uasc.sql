-- Unaccompanied asylum-seeking children looked after at each month end.
{{ count_in_spans(
    'children_looked_after_uasc',
    ref('int_care__children_at_month_end'),
    dated='facts.month_end',
    among='facts.is_uasc',
    breakdowns=['quadrant', 'sex', 'age_band', 'ethnicity', 'legal_status_group', 'placement_group'],
    grains=['snapshot']
) }}
