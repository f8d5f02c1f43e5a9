-- One row per involvement of a reviewing officer: is another one the child's officer on one of its days?
with spans as (
    select involvement_id, person_id, worker_id, start_date, coalesce(end_date, date 'infinity') as until_date
    from $candidate.int_chair__officers
)
select
    spans.involvement_id::text as record_key,
    spans.person_id::text as person_id,
    case when spans.start_date < spans.until_date then exists (
        select from spans as other
        where other.person_id = spans.person_id and other.worker_id <> spans.worker_id
            and other.start_date < other.until_date
            and other.start_date < spans.until_date and spans.start_date < other.until_date
    ) end as rule_r08
from spans
