-- Children who started to be looked after in each span.
{{ count_in_spans(
    'children_started',
    ref('int_care__periods'),
    dated='facts.start_date',
    counted='distinct facts.person_id'
) }}
