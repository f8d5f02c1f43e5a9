-- Reviews in each span of a child of 4 or over whose participation is not recorded.
{{ share_in_spans(
    'participation_not_recorded',
    ref('int_review__reviews'),
    dated='facts.held_date',
    counted='not facts.is_recorded',
    among='facts.is_in_participation_scope',
    breakdowns=review_breakdowns()
) }}
