-- Reviews in each span in which a child of 4 or over conveyed their views.
{{ share_in_spans(
    'participation',
    ref('int_review__reviews'),
    dated='facts.held_date',
    counted='facts.has_participated',
    among='facts.is_in_participation_scope',
    breakdowns=review_breakdowns()
) }}
