-- One row per person and stretch of days with one reviewing officer: of those that overlap the later start counts.
{{ spans_without_overlap(
    ref('int_chair__officers'),
    ['worker_id'],
    order_by='facts.start_date desc, facts.involvement_id desc nulls last, facts.worker_id desc'
) }}
