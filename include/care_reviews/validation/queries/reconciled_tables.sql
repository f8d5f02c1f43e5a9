-- One row: have the marts as many children, periods of care and held reviews as landing?
select
    (select count(*) from $candidate.dim_child)
        <> (select count(distinct person_id) from $landed_periods where is_measured) as children_differ,
    (select count(*) from $candidate.fct_period_of_care)
        <> (select count(*) from $landed_periods where is_measured) as periods_differ,
    (select count(*) from $candidate.fct_review where held_date is not null)
        <> (select count(*) from $landed_reviews where is_measured and review_date <= date '$as_known')
        as reviews_differ
