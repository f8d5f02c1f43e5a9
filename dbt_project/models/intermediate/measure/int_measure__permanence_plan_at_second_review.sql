-- Second reviews of a period of care held in each span with a plan for permanence.
{{ share_in_spans(
    'permanence_plan_at_second_review',
    ref('int_review__reviews'),
    dated='facts.held_date',
    counted="facts.has_permanence_plan",
    among="facts.review_sequence = 2"
) }}
