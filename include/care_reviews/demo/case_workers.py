"""Social workers and others who are not chairs, and the social worker allocated to each looked-after child.

In: the council with its children. Out: DIM_WORKER rows and CW involvements, among them staff without a number
or a full-time equivalent, and rows that point at no worker.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from care_reviews.demo import names
from care_reviews.demo.chairs import INVOLVEMENTS
from care_reviews.demo.council import NOBODY, Council
from care_reviews.demo.history import Row
from care_reviews.demo.person_rows import LONG_AGO
from care_reviews.demo.text import open_end, timed


def write_case_workers(council: Council) -> None:
    """Workers by quadrant, and one or more case workers for each period of care."""
    rng = council.rng("case workers")
    per_quadrant = max(4, len(council.children) // 110)
    by_quadrant = [
        [_hire(council, quadrant) for _ in range(per_quadrant)] for quadrant in range(len(council.site.areas))
    ]
    for child in [*council.children, *council.short_break_children]:
        for period in child.periods:
            worker = rng.choice(by_quadrant[child.quadrant])
            marked = period.cla_id % 150  # some rows point at no worker or department, whatever the seed
            if marked == 40:
                worker = NOBODY
            opened: Row = {
                "fact_involvements_id": council.history.new_id("fact_involvements"),
                "dim_person_id": child.id_on(period.start, period.recorded),
                "dim_worker_id": worker,
                "dim_department_id": NOBODY
                if rng.random() < 0.004
                else len(council.site.areas) * len(council.site.teams) + child.quadrant + 1,
                "fact_referral_id": period.referral_id,
                "dim_lookup_involvement_type_code": "CW",
                "dim_lookup_involvement_type_desc": INVOLVEMENTS["CW"],
                "is_allocated_cw_flag": "Y",
                "start_dttm": timed(rng, period.start),
                "end_dttm": open_end(rng),
            }
            versions: list[tuple[datetime, Row]] = [(period.recorded, opened)]
            if period.end and period.end_recorded:
                end = timed(rng, period.end)
                if period.cla_id % 200 == 60:
                    end = end.replace(year=2109, day=min(end.day, 28))  # typed by hand
                elif period.cla_id % 200 == 160:
                    end = timed(rng, period.start - timedelta(days=2))
                versions.append((period.end_recorded, opened | {"end_dttm": end}))
            council.put(child, "fact_involvements", *versions)


def _hire(council: Council, quadrant: int) -> int:
    worker_id = council.history.new_id("dim_worker")
    rng = council.rng("worker", worker_id)
    row: Row = {
        "dim_worker_id": worker_id,
        "staff_id": "unknown" if worker_id % 16 == 15 else f"S{worker_id:05d}",
        "forename": names.forename(rng, rng.choice("MF")),
        "surname": names.surname(rng),
        "job_title": rng.choice(council.site.job_titles),
        "department_name": council.site.team(quadrant),
        "full_time_equivalency": ("1", "1.0", "0.8", "0.60", "0.5", None)[worker_id % 6],
    }
    council.put(None, "dim_worker", (LONG_AGO, row))
    return worker_id
