-- Audits in each span that rated the plan good or outstanding.
{{ share_in_spans(
    'smart_rating',
    ref('int_review__audits'),
    dated='facts.audit_date',
    counted="facts.smart_rating in ('good', 'outstanding')"
) }}
