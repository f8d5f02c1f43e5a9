"""A warehouse with one publication, and what its readers know of it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from care_reviews import publication
from care_reviews.warehouse import deploy, roles
from tests.conftest import Warehouse
from tests.nights import AUTHORITY, MARTS, a_night, judged


@pytest.fixture(scope="module")
def warehouse(module_warehouse: Warehouse) -> Warehouse:
    """A warehouse with one publication: review 1 of child 11 under chair 7."""
    deploy(module_warehouse.engine, [AUTHORITY], MARTS)
    pipeline = module_warehouse.engine_as("pipeline")
    judged(pipeline, a_night(1))
    publication.publish(a_night(1), pipeline, MARTS)
    return module_warehouse


@pytest.fixture(scope="module")
def engines(warehouse: Warehouse) -> dict[str, Engine]:
    return {role: warehouse.engine_as(role) for role in roles.ROLES}


@pytest.fixture(scope="module")
def child(engines: dict[str, Engine]) -> str:
    """The child's pseudonym, as the analyst sees it."""
    with engines["analyst"].connect() as connection:
        return str(connection.scalar(text("select child_id from analysis.sample_review")))
