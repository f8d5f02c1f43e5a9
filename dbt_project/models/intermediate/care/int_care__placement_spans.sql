-- One row per person and stretch of days in one placement: of those that overlap the later start counts.
{{ spans_without_overlap(
    ref('int_care__placements'),
    ['placement_id', 'placement_group'],
    order_by='facts.start_date desc, facts.placement_id desc nulls last, facts.placement_group desc nulls last'
) }}
