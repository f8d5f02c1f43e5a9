-- Intervals completed in each span with a progress update, by whether the child was spoken to.
{{ share_in_spans(
    'progress_update_with_child',
    ref('int_review__intervals'),
    dated='facts.held_date',
    counted='facts.has_update_with_child',
    among='facts.has_update'
) }}
