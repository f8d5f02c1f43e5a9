-- Reviews held in each span, of children of any age.
{{ count_in_spans(
    'reviews_held',
    ref('int_review__reviews'),
    dated='facts.held_date',
    breakdowns=review_breakdowns()
) }}
