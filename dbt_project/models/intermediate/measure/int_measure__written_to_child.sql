-- Reviews held in each span whose report was written to the child.
{{ share_in_spans(
    'written_to_child',
    ref('int_review__reviews'),
    dated='facts.held_date',
    counted="facts.is_written_to_child",
    breakdowns=review_breakdowns()
) }}
