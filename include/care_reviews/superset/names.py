"""What the parts of a bundle are called. Superset knows each by its UUID, so that a bundle that is imported
again takes the place of the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import URL

_SPACE = uuid5(NAMESPACE_URL, "care-reviews:superset")


@dataclass(frozen=True)
class Place:
    """A warehouse, as the role that Superset reads with, and the council in it that a dashboard shows."""

    warehouse: URL
    authority_code: str
    authority_name: str

    @property
    def database_name(self) -> str:
        """What the connection is called in Superset."""
        return f"Care Reviews, {self.warehouse.database} on {self.server}"

    @property
    def server(self) -> str:
        host, port = self.warehouse.host or "localhost", self.warehouse.port or 5432
        return f"{host}:{port}"

    def of_warehouse(self, *words: str) -> str:
        """The UUID of a part that all councils of the warehouse share."""
        return str(_uuid(self.server, str(self.warehouse.database), *words))

    def of_council(self, *words: str) -> str:
        """The UUID of a part that is the council's own."""
        return self.of_warehouse(self.authority_code, *words)


def _uuid(*words: str) -> UUID:
    return uuid5(_SPACE, "/".join(words))
