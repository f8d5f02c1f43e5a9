"""Extract: read what the source holds tonight, in one consistent read, and stage it in the warehouse."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text

from care_reviews import pseudonyms
from care_reviews.errors import ConfigurationError, NightRefusedError
from care_reviews.landing.stage import Stage
from care_reviews.landing.staging import Staging
from care_reviews.lock import authority_lock, newest_landed
from care_reviews.night import Night
from care_reviews.settings import Settings
from care_reviews.source.catalog import TABLES
from care_reviews.source.contract import SourceTable, resolve
from care_reviews.source.reading import in_words, snapshot
from care_reviews.source.site_map import FormField, form_fields, spelled
from care_reviews.source.statements import select_spellings


def extract(night: Night, source: Engine, warehouse: Engine, settings: Settings) -> int:
    """Stage the source's rows for `land`, and give the id of the extract, now the authority's current one.

    What was staged before, also by a run that died, is dropped. Raises NightRefusedError when a later night
    has landed, WarehouseBusyError when another run is at work, ConfigurationError when the warehouse needs
    a deployment or the source refuses the login, SourceContractError when tables or columns are missing,
    SourceUnavailableError when the source cannot be read to the end.
    """
    wanted = form_fields(night.authority_code)
    with warehouse.connect() as connection, authority_lock(connection, night.authority_code):
        with connection.begin():
            _refuse_unless_next(connection, night)
        with snapshot(source) as reading:
            tables, fields = _contract(reading, settings, wanted)
            with connection.begin():
                extract_id = _open(connection, night)
            with connection.begin():
                stage = Stage(connection, night.authority_code)
                stage.clear()
                stage.begin()
                Staging(reading, stage, tables, fields, night.as_known, extract_id).stage_all()
                _mark_extracted(connection, extract_id)
    return extract_id


def _contract(
    reading: Connection, settings: Settings, wanted: tuple[FormField, ...]
) -> tuple[dict[str, SourceTable], tuple[FormField, ...]]:
    """The source's tables, and the form answers to read as the source spells them."""
    with in_words(reading.engine):
        tables = resolve(reading, settings.source_schema)
        pairs = reading.execute(select_spellings(tables["fact_form_answers"])).all()
    return tables, spelled(wanted, [(str(template), str(answer)) for template, answer in pairs])


def _refuse_unless_next(connection: Connection, night: Night) -> None:
    newest = newest_landed(connection, night.authority_code)
    if newest is not None and night.as_known < newest:
        raise NightRefusedError(
            f"night {night.as_known} is out of order: {newest} has landed for authority"
            f" {night.authority_code}, and the source no longer holds an earlier night."
            " Run that night again or a later one; if it should never have run, `care-reviews discard-night`"
            " makes way"
        )
    landing = f"landing.{TABLES[0].landing}__{night.authority_code.lower()}"
    if connection.scalar(text("select to_regclass(:name)"), {"name": landing}) is None:
        raise ConfigurationError(
            f"the warehouse has no tables for authority {night.authority_code}: run `care-reviews deploy`"
        )
    # Without it nothing can be published: a run that cannot must not displace one that can.
    pseudonyms.key_of(connection)


def _open(connection: Connection, night: Night) -> int:
    return connection.execute(
        text(
            "insert into audit.extract (authority_code, as_known, run_id, status)"
            " values (:authority_code, :as_known, :run_id, 'extracting') returning extract_id"
        ),
        vars(night),
    ).scalar_one()


def _mark_extracted(connection: Connection, extract_id: int) -> None:
    connection.execute(
        text(
            "update audit.extract set status = 'extracted', extracted_at = clock_timestamp()"
            " where extract_id = :extract_id"
        ),
        {"extract_id": extract_id},
    )
