-- Audits in each span that found the review focused on the child.
{{ share_in_spans(
    'child_focused',
    ref('int_review__audits'),
    dated='facts.audit_date',
    counted="facts.is_child_focused"
) }}
