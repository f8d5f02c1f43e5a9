"""The build step: dbt makes tonight's candidate marts from the picture that the land step left, and what is
small in them is hidden.
"""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import text

from care_reviews import dbt
from care_reviews.connections import WAREHOUSE, url_of, warehouse_engine
from care_reviews.disclosure import suppress
from care_reviews.errors import NightRefusedError
from care_reviews.lock import Extract, authority_lock, current_extract
from care_reviews.night import Night
from care_reviews.settings import Settings, get_settings

NOTE_INVOCATION = text("update audit.extract set dbt_invocation_id = :invocation where extract_id = :extract")

log = logging.getLogger(__name__)


def build(night: Night) -> dbt.BuildResult:
    """Build the night's candidate schema, name the cells that it may not show, and note dbt's invocation in
    `audit.extract`.

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
            result = dbt.build(
                url_of(WAREHOUSE),
                f"candidate_{night.authority_code.lower()}",
                variables(extract, settings),
                settings.home / "dbt" / night.authority_code.lower(),
                on_line=log.info,
            )
            with connection.begin():
                suppressed = suppress(connection, night.authority_code)
                log.info("cells suppressed: %s", suppressed)
                connection.execute(
                    NOTE_INVOCATION,
                    {"invocation": result.invocation_id, "extract": extract.extract_id},
                )
    finally:
        engine.dispose()
    return result


def variables(extract: Extract, settings: Settings) -> dict[str, Any]:
    """dbt's vars: what the night gives and what the installation chose."""
    return {
        "authority_code": extract.authority_code,
        "as_known": extract.as_known.isoformat(),
        "extract_id": extract.extract_id,
        "months_published": settings.months_published,
        "provisional_days": settings.provisional_days,
        "review_held_on": settings.review_held_on,
    }
