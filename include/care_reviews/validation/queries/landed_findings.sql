-- One row a person and day with a review meeting of landing: what keeps it from being a held review?
select
    review_date > date '$as_known' as in_future,
    not is_in_care and review_date <= date '$as_known' as outside_care
from $landed_reviews
