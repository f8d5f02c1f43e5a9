-- Reviews held in each span for which the social worker's report had been received.
{{ share_in_spans(
    'social_work_report_received',
    ref('int_review__reviews'),
    dated='facts.held_date',
    counted="facts.is_social_work_report_received",
    breakdowns=review_breakdowns()
) }}
