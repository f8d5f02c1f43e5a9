-- Audits in each span that rated the plan good or better, in the words of the council.
{{ share_in_spans(
    'smart_rating',
    ref('int_review__audits'),
    dated='facts.audit_date',
    counted='facts.is_rated_well'
) }}
