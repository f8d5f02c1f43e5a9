-- Children who started to be looked after in each span.
{{ people_in_spans(
    'children_started',
    ref('int_care__periods'),
    dated='facts.start_date'
) }}
