"""How a synthetic council words what its record system holds: areas and teams, forms, and lists of texts.

In: a site's name. Out: a validated `Site`. The seeds of the dbt project must know these words, or measures do
not find what they look for: see docs/site-configuration.md.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

SITES = Path(__file__).with_name("sites")

Kind = Literal["outcomes", "alert", "update", "audit", "direct_work"]
ParticipationCode = Literal["PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7"]
LegalStatusCode = Literal["C1", "C2", "E1", "V3", "V4", "J1", "L1", "L2"]


class Words(BaseModel):
    """A part of a site: unknown entries are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Form(Words):
    """A template: its name, the code of its type, and the answer number of each field that it asks for."""

    template: str
    type: str
    answers: dict[str, str]


class Accommodated(Words):
    """The texts of legal status V2, by the child's age."""

    under_16: str
    from_16: str


class AlertTypes(Words):
    """The words for the two types of alert, and one for neither."""

    informal: str
    formal: str
    unsorted: str


class Site(Words):
    """One council's words. `teams` are patterns with the area; case workers work in the last kind of them.
    Alert categories and the ratings of audits come with their weights; `alert_unsorted` and
    `rating_unsorted` are texts that these lists do not know.
    """

    areas: Annotated[list[str], Field(min_length=1)]
    area_type: str
    teams: Annotated[list[str], Field(min_length=1)]
    chair_job_title: str
    job_titles: Annotated[list[str], Field(min_length=1)]
    forms: dict[Kind, Form]
    participation: dict[ParticipationCode, str]
    legal_statuses: dict[LegalStatusCode, str]
    accommodated: Accommodated
    alert_categories: dict[str, Annotated[int, Field(gt=0)]]
    alert_unsorted: str
    alert_types: AlertTypes
    ratings: dict[str, Annotated[int, Field(gt=0)]]
    rating_unsorted: str
    partner_agencies: Annotated[list[str], Field(min_length=1)]

    def team(self, area: int) -> str:
        """The name of an area's team of case workers."""
        return self.teams[-1].format(area=self.areas[area])


def named(site: Any) -> Any:
    """The content of the site of that name; what is no name is given back."""
    return _content(site) if isinstance(site, str) else site


@lru_cache(maxsize=8)
def _content(name: str) -> Any:
    path = SITES / f"{name}.yaml"
    if not path.is_file():
        raise ValueError(
            f"no site {name!r}; sites: {', '.join(sorted(each.stem for each in SITES.glob('*.yaml')))}"
        )
    return yaml.safe_load(path.read_text(encoding="utf-8"))
