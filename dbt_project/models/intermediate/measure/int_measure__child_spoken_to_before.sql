-- Reviews held in each span before which the child was spoken to.
{{ share_in_spans(
    'child_spoken_to_before',
    ref('int_review__reviews'),
    dated='facts.held_date',
    counted="facts.is_child_spoken_to_before",
    breakdowns=review_breakdowns()
) }}
