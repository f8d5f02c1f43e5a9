"""The SQL of row versions, a statement a step: `versions.py` fills in relations and columns."""

from __future__ import annotations

# Rows that stand in one picture and not in the other; of a content that is repeated, the first occurrence.
UNMATCHED = """
create temporary table version_unmatched on commit drop as
select
    coalesce(t.row_hash, s.row_hash) as row_hash,
    (t.row_hash is not null)::integer as was,
    (s.row_hash is not null)::integer as is_now
    {carried}
from (select row_hash from {target} as t where known_to is null and occurrence = 1 and {mine}) as t
full join {staged} as s on s.row_hash = t.row_hash
where t.row_hash is null or s.row_hash is null
"""

# With as many matched rows on either side, and no second occurrence open, no matched content is repeated.
IS_REPEATED = """
select open.more > 0 or staged.rows - unmatched.is_now <> open.first - unmatched.was
from
    (
        select count(*) filter (where occurrence = 1) as first, count(*) filter (where occurrence > 1) as more
        from {target} as t where known_to is null and {mine}
    ) as open,
    (select {rows} as rows) as staged,
    (
        select coalesce(sum(was), 0) as was, coalesce(sum(is_now), 0) as is_now from version_unmatched
    ) as unmatched
"""

FIND_REPEATED = """
create temporary table version_repeated on commit drop as
select row_hash from {staged} as s group by row_hash having count(*) > 1
union
select row_hash from {target} as t where known_to is null and occurrence > 1 and {mine}
"""

FORGET_REPEATED = "delete from version_unmatched where row_hash in (select row_hash from version_repeated)"

COUNT_REPEATED = """
insert into version_unmatched (row_hash, was, is_now {carry})
select row_hash, sum(was), sum(is_now) {carry_any}
from (
    select row_hash, 1 as was, 0 as is_now {carry_none} from {target} as t where known_to is null and {mine}
    union all
    select row_hash, 0, 1 {carry} from {staged} as s
) as both_pictures
where row_hash in (select row_hash from version_repeated)
group by row_hash
"""

DIFFERENCE = """
create {kind} table {into} as
select row_hash, sum(was)::integer as was, sum(is_now)::integer as is_now {carry_any}
from version_unmatched
group by row_hash
having sum(was) <> sum(is_now)
"""

CLOSE = """
update {target} as t set known_to = :new_id
from {difference} as d
where t.row_hash = d.row_hash and t.occurrence > d.is_now and t.known_to is null and {mine}
"""

# Where it is known at which places the rows stand, nothing is looked through for them.
CLOSE_PLACES = """
update {target} as t set known_to = :new_id
from {places} as p
where t.ctid = p.place and t.row_hash = p.row_hash and t.known_to is null and {mine}
"""

KEEP_CLOSED = "create unlogged table {closed} as select {content} from {target} as t limit 0"

AND_KEEP = """
with gone as ({close} returning t.*)
insert into {closed} select {content} from gone as t
"""

INSERT = """
insert into {target} ({names}, row_hash, occurrence, known_from)
select {values}, d.row_hash, occurrence, :new_id
from {difference} as d
join (
    select distinct on (row_hash) * from {contents}
    where row_hash in (select row_hash from {difference} where is_now > was)
) as s on s.row_hash = d.row_hash
cross join lateral generate_series(d.was + 1, d.is_now) as occurrence
"""

IS_EMPTY = """
select not exists (select from {target} as t where t.known_to is null and {mine})
"""

REPEATED = """
create temporary table version_repeated on commit drop as
select row_hash from {staged} group by row_hash having count(*) > 1
"""

INSERT_DISTINCT = """
insert into {target} ({names}, row_hash, occurrence, known_from)
select {values}, s.row_hash, 1, :new_id from {staged} as s
"""

BUT_REPEATED = """
where not exists (select from version_repeated as r where r.row_hash = s.row_hash)
"""

INSERT_REPEATED = """
insert into {target} ({names}, row_hash, occurrence, known_from)
select {values}, s.row_hash, row_number() over (partition by s.row_hash), :new_id
from {staged} as s join version_repeated using (row_hash)
"""
