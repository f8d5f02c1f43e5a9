"""A night's memory does not grow with the rows that it reads."""

from __future__ import annotations

import os
import subprocess
import sys

from sqlalchemy import Engine

from tests.lcs import AUTHORITY, Lcs

# One process reads few answers and then many: what it grew by in between is what many cost.
NIGHTS = """
import datetime as dt, os, sys
from benchmarks.peak_memory import peak_megabytes
from care_reviews.connections import make_engine
from care_reviews.landing import land
from care_reviews.night import Night
from care_reviews.settings import Settings
from care_reviews.source.extract import extract
from sqlalchemy import make_url, text

authority, fill = sys.argv[1:]
source, warehouse = (make_engine(make_url(os.environ[name])) for name in ("OF_SOURCE", "OF_WAREHOUSE"))
settings = Settings(source_schema="child_social")

def night(day, first, last):
    with source.begin() as connection:
        connection.execute(text(fill), {"first": first, "last": last})
    tonight = Night(authority, dt.date(2020, 3, day), f"night {day}")
    extract(tonight, source, warehouse, settings)
    read = {row.table_name: row.rows_new for row in land(tonight, warehouse, settings)}
    print(read["fact_form_answers"], int(peak_megabytes()))

night(30, 1, FEW)
night(31, FEW + 1, MANY)
"""
FILL = """
insert into child_social.fact_form_answers (fact_form_answer_id, fact_form_id,
    dim_assessment_template_id_desc, answer_no, answer, answered_dttm)
select n, n / 10, 'CLA Review Outcomes', (array['ICSParticipationCode', 'FirstMeetingDate', 'LastMeetingDate',
    'SWReportReceived', 'PermanencePlan'])[1 + n % 5], '2019-03-0' || (1 + n % 9),
    timestamp '2015-01-01' + (n / 10) * interval '677 seconds'
from generate_series(cast(:first as integer), cast(:last as integer)) as n
"""
# Few fill every batch that is read ahead.
FEW, MANY = 40_000, 160_000
MEGABYTES = 20


def test_many_more_answers_take_no_more_memory(source: Lcs, pipeline: Engine) -> None:
    script = NIGHTS.replace("FEW", str(FEW)).replace("MANY", str(MANY))
    urls = {"OF_SOURCE": source.engine.url, "OF_WAREHOUSE": pipeline.url}
    shown = {name: url.render_as_string(hide_password=False) for name, url in urls.items()}
    done = subprocess.run(
        [sys.executable, "-c", script, AUTHORITY, FILL],
        env=shown | {"CARE_REVIEWS_HOME": os.environ["CARE_REVIEWS_HOME"]},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    (few, before), (many, after) = (map(int, line.split()) for line in done.stdout.splitlines())
    assert (few, many) == (FEW, MANY - FEW)
    assert after - before <= MEGABYTES, f"{before} MB for {few:,} answers, {after} MB for {many:,} more"
