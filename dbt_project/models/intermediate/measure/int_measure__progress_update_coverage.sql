-- Intervals between reviews completed in each span with a progress update.
{{ share_in_spans(
    'progress_update_coverage',
    ref('int_review__intervals'),
    dated='facts.held_date',
    counted='facts.has_update'
) }}
