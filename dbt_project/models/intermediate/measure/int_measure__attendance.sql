-- Reviews in each span that a child of 4 or over attended.
{{ share_in_spans(
    'attendance',
    ref('int_review__reviews'),
    dated='facts.held_date',
    counted='facts.has_attended',
    among='facts.is_in_participation_scope',
    breakdowns=review_breakdowns()
) }}
