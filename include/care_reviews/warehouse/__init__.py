"""The warehouse as the database holds it: schemas, tables, views, roles and grants, made by `deploy`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from care_reviews.warehouse.deployment import Deployment, deploy

__all__ = ["Deployment", "deploy"]


def __getattr__(name: str) -> Any:
    # A deployment makes what other packages describe, and they use the catalogue here.
    if name in __all__:
        from care_reviews.warehouse import deployment

        return getattr(deployment, name)
    raise AttributeError(name)
