-- Audits in each span without a rating that the council knows.
{{ share_in_spans(
    'smart_rating_not_recorded',
    ref('int_review__audits'),
    dated='facts.audit_date',
    counted='not facts.is_rated'
) }}
