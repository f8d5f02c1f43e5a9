"""The build step: dbt makes tonight's candidate marts from the picture that the land step left, and what is
small in them is hidden.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

from care_reviews import dbt
from care_reviews.connections import WAREHOUSE, url_of, warehouse_engine
from care_reviews.disclosure import standing, suppress
from care_reviews.errors import NightRefusedError
from care_reviews.evidence.chain import canonical
from care_reviews.evidence.provenance import BUILT_WITH, code, models, settings_of
from care_reviews.lock import authority_lock, current_extract
from care_reviews.night import Night
from care_reviews.settings import get_settings
from care_reviews.warehouse.grants import candidate_schema

# Until a build is whole nothing may pass for it: verdicts on the one before are not on this one.
FORGET_BUILD = text(
    "update audit.extract set dbt_invocation_id = null, build = null where extract_id = :extract"
)
NOTE_BUILD = text(
    "update audit.extract set dbt_invocation_id = :invocation, build = cast(:build as jsonb) "
    "where extract_id = :extract"
)

log = logging.getLogger(__name__)


def build(night: Night) -> dbt.BuildResult:
    """Build the night's candidate schema, name the cells that it may not show, and note in `audit.extract`
    what it was built with.

    Raises NightRefusedError when this run is not the current one or has not landed, BuildError when dbt
    fails.
    """
    settings = get_settings()
    engine = warehouse_engine()
    try:
        with engine.connect() as connection, authority_lock(connection, night.authority_code):
            with connection.begin():
                extract = current_extract(connection, night)
            if extract.status != "landed":
                raise NightRefusedError(f"the extract of run {night.run_id} has not landed: run land first")
            with connection.begin():
                connection.execute(FORGET_BUILD, {"extract": extract.extract_id})
            schema = candidate_schema(night.authority_code)
            chosen = settings_of(settings, BUILT_WITH)
            work_dir = settings.home / "dbt" / night.authority_code.lower()
            given = variables(extract.authority_code, extract.as_known, extract.extract_id, chosen)
            result = dbt.build(url_of(WAREHOUSE), schema, given, work_dir, on_line=log.info)
            with connection.begin():
                published = standing(connection, night.authority_code)
                suppressed = suppress(connection, night.authority_code, schema, published)
                log.info("cells suppressed: %s", suppressed)
                build = {
                    "code": code(),
                    "dbt_invocation_id": result.invocation_id,
                    "models": models(dbt.manifest(work_dir)),
                    "settings": chosen,
                    "compared_with": published,
                    "suppressed": suppressed,
                }
                connection.execute(
                    NOTE_BUILD,
                    {
                        "invocation": result.invocation_id,
                        "build": canonical(build),
                        "extract": extract.extract_id,
                    },
                )
    finally:
        engine.dispose()
    return result


def variables(
    authority_code: str, as_known: dt.date, extract_id: int, chosen: Mapping[str, Any]
) -> dict[str, Any]:
    """dbt's vars: what the night gives and what the installation chose (BUILT_WITH)."""
    return {
        "authority_code": authority_code,
        "as_known": as_known.isoformat(),
        "extract_id": extract_id,
        **chosen,
    }
