-- One row per person and stretch of days with one legal status: of those that overlap the later start counts.
{{ spans_without_overlap(
    ref('int_care__legal_statuses'),
    ['legal_status_id', 'legal_status_code'],
    order_by='facts.start_date desc, facts.legal_status_id desc nulls last, facts.legal_status_code desc nulls last'
) }}
