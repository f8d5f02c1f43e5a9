"""The warehouse as the database holds it: schemas, tables, views, roles and grants, made by `deploy`."""

from care_reviews.warehouse.deployment import Deployment, deploy

__all__ = ["Deployment", "deploy"]
