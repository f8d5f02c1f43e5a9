"""The review columns of List 8 (children in care) of Annex A, Ofsted's child-level request before an
inspection of local authority children's services: a row a child, under the pseudonym.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from care_reviews.ledger import Publication
from care_reviews.open_data import files
from care_reviews.open_data.manifest import manifest
from care_reviews.open_data.picture import publication_of
from care_reviews.open_data.places import Place, place_of
from care_reviews.open_data.plain_text import csv_bytes

# As Annex A heads them.
HEADER = (
    "Child Unique ID",
    "Date Started to be Looked After",
    "Date of Latest Statutory Review",
    "Date of Last IRO Visit / Contact to the Child",
    "Date Ceased to be Looked After",
)
_OF = "authority_code = :authority_code and as_known = :as_known and publication_id = :publication_id"
# Of each child the newest period of care, while it is open and for 12 months after it ended.
_ROWS = text(
    f"""with periods as (
    select distinct on (child_id) child_id, period_id, start_date, end_date, last_contact_date
    from analysis.fct_period_of_care_as_known
    where {_OF} and start_date <= :as_known
    order by child_id, period_number desc
)
select periods.child_id, periods.start_date, max(reviews.held_date) as held_date,
    periods.last_contact_date, periods.end_date
from periods
left join (select * from analysis.fct_review_as_known where {_OF}) as reviews
    on reviews.period_id = periods.period_id
where periods.end_date is null or periods.end_date > cast(:as_known as date) - interval '12 months'
group by periods.child_id, periods.start_date, periods.last_contact_date, periods.end_date
order by periods.child_id"""
)


def export(
    engine: Engine,
    authority_code: str,
    home: Path,
    publication_id: int | None = None,
    as_known: dt.date | None = None,
) -> Path:
    """Write the list of one publication into a folder of its own under `home`, for its owner alone; gives the
    folder.

    It needs the rights of the analyst. Raises what `open_data.export` raises.
    """
    place = place_of(authority_code)
    with files.reading(engine) as connection:
        publication = publication_of(connection, authority_code, publication_id, as_known)
        rows = rows_of(connection, publication)
    folder = home / f"{authority_code.lower()}_publication-{publication.publication_id}"
    files.write(folder, contents(publication, place, rows), is_for_owner_alone=True)
    return folder


def rows_of(connection: Connection, publication: Publication) -> list[tuple[str, ...]]:
    """The rows of the list, in the order of the pseudonyms; days as DD/MM/YYYY, empty where there is none."""
    of = {
        "authority_code": publication.authority_code,
        "as_known": publication.as_known,
        "publication_id": publication.publication_id,
    }
    return [(row[0], *map(_day, row[1:])) for row in connection.execute(_ROWS, of)]


def contents(publication: Publication, place: Place, rows: Iterable[tuple[str, ...]]) -> dict[str, bytes]:
    """The files of the list by their names: the list and its manifest."""
    name = f"annex-a_list-8_{publication.authority_code.lower()}_publication-{publication.publication_id}.csv"
    made = {name: csv_bytes([HEADER, *rows])}
    return made | {"publication.json": manifest(publication, place, (), made)}


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
