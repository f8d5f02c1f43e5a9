"""Which rows of landing are judged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from care_reviews.validation.sql import literal


@dataclass(frozen=True)
class Picture:
    """The picture that an extract left in landing."""

    authority_code: str
    extract_id: int
    as_known: dt.date

    def of(self, table: str, where: str = "true") -> str:
        """The rows of a landing table that are part of the picture, as a subquery."""
        return (
            f"(select * from landing.{table} where authority_code = {literal(self.authority_code)} "
            f"and known_from <= {self.extract_id:d} and (known_to is null or known_to > {self.extract_id:d}) "
            f"and {where})"
        )
