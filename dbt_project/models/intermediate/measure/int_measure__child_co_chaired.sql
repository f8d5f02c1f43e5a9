-- Reviews held in each span that the child chaired or helped to chair.
{{ share_in_spans(
    'child_co_chaired',
    ref('int_review__reviews'),
    dated='facts.held_date',
    counted="facts.is_child_co_chaired",
    breakdowns=review_breakdowns()
) }}
