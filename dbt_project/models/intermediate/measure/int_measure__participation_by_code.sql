-- Held reviews in each span of children of 4 or over, by how the child took part.
{{ count_in_spans(
    'participation_by_code',
    ref('int_review__reviews'),
    dated='facts.held_date',
    among='facts.is_in_participation_scope',
    breakdowns=['participation_code']
) }}
