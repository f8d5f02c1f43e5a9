-- Children who ceased to be looked after in each span.
{{ people_in_spans(
    'children_ceased',
    ref('int_care__periods'),
    dated='facts.end_date',
    breakdowns=child_breakdowns() + ['end_reason']
) }}
