-- Reviews in each span in which a child of 4 or over conveyed nothing.
{{ share_in_spans(
    'participation_not',
    ref('int_review__reviews'),
    dated='facts.held_date',
    counted='not facts.has_participated',
    among='facts.is_in_participation_scope',
    breakdowns=review_breakdowns()
) }}
