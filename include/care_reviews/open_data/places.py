"""Where a council is, as national statistics name it: the seed `site_place`."""

from __future__ import annotations

from dataclasses import dataclass

from care_reviews.errors import ConfigurationError
from care_reviews.validation.code_lists import site_rows

COUNTRY_CODE, COUNTRY_NAME = "E92000001", "England"
HEADER = (
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
)


@dataclass(frozen=True)
class Place:
    """A council: its ONS code, its code of three digits, its name and its region."""

    authority_code: str
    old_la_code: str
    la_name: str
    region_code: str
    region_name: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The values of `HEADER`."""
        return (
            "Local authority",
            COUNTRY_CODE,
            COUNTRY_NAME,
            self.region_code,
            self.region_name,
            self.old_la_code,
            self.authority_code,
            self.la_name,
        )


def place_of(authority_code: str) -> Place:
    """Where a council is. Raises ConfigurationError when the seed does not say."""
    rows = site_rows("site_place", authority_code)
    if len(rows) != 1:
        raise ConfigurationError(
            f"dbt_project/seeds/site_place.csv must have one row of {authority_code}: its name, its code of "
            "three digits and its region"
        )
    (row,) = rows
    return Place(authority_code, row["old_la_code"], row["la_name"], row["region_code"], row["region_name"])
