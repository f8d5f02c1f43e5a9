-- Children who ceased to be looked after in each span.
{{ count_in_spans(
    'children_ceased',
    ref('int_care__periods'),
    dated='facts.end_date',
    counted='distinct facts.person_id',
    breakdowns=child_breakdowns() + ['end_reason']
) }}
