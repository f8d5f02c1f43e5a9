-- One row per person and stretch of days with one team and its quadrant: where the case worker's and the reviewing
-- officer's overlap the case worker's counts, then the later start.
{{ spans_without_overlap(
    ref('int_child__quadrants'),
    ['quadrant', 'team'],
    order_by='facts.involvement_type_code asc, facts.start_date desc, facts.involvement_id desc nulls last,'
        ~ ' facts.quadrant desc, facts.team desc'
) }}
