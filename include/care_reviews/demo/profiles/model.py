"""What a profile may say, section by section, with the checks that make a bad one fail when it is read.

Every number here drives events (how many enter, leave, are late, are recorded late); none is a result that is
stored. A financial year is named by the year it starts in; a month is written `2019-03`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from care_reviews.demo.days import add_months, financial_year, month_end, month_start, months
from care_reviews.demo.profiles.site import Site, named

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Reason = Literal["adopted", "returned_home", "special_guardianship", "adulthood", "other"]
EthnicGroup = Literal["white", "mixed", "asian", "black", "other", "not_known"]


class Section(BaseModel):
    """A part of a profile: unknown entries are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _sums_to_one(shares: dict[str, float]) -> dict[str, float]:
    total = sum(shares.values())
    if abs(total - 1) > 1e-6:
        raise ValueError(f"the shares must sum to 1, not {total:.4f}")
    return shares


class Authority(Section):
    """The council that the data pretends to be of."""

    name: str = Field(pattern=r"\(synthetic\)$")
    code: str = Field(pattern=r"^E\d{8}$")
    la_code: str = Field(pattern=r"^\d{3}$")


class Covers(Section):
    """The nights that can be asked for."""

    first_day: date
    last_day: date


class Settling(Section):
    """Everything that happened up to one day has been recorded by a later night."""

    facts_to: date
    known_by: date


class KnownLate(Section):
    """What had happened by a month's end but was unknown that night: counts by kind."""

    night: date
    entries: Count
    leavers: Count
    uasc_leavers: Count
    uasc_status_ends: Count


class MonthEnds(Section):
    """Children at month ends; months left out between two are interpolated."""

    month_end: dict[str, Count]

    def on(self, month: date) -> int:
        """The count at the end of the month that starts on a day."""
        points = sorted((date.fromisoformat(f"{key}-01"), value) for key, value in self.month_end.items())
        before = [point for point in points if point[0] <= month]
        after = [point for point in points if point[0] >= month]
        if not before or not after:
            raise ValueError(f"month_end has no value at or around {month:%Y-%m}")
        (first, low), (last, high) = before[-1], after[0]
        width = (last.year - first.year) * 12 + last.month - first.month
        step = (month.year - first.year) * 12 + month.month - first.month
        return low if not width else round(low + (high - low) * step / width)

    @field_validator("month_end")
    @classmethod
    def _are_months(cls, value: dict[str, int]) -> dict[str, int]:
        for key in value:
            date.fromisoformat(f"{key}-01")
        return value


class Uasc(MonthEnds):
    """Unaccompanied asylum-seeking children among those looked after."""

    leaving_per_month: float = Field(gt=0)
    status_ends_per_year: Count
    male: Share
    ethnicity: Annotated[dict[EthnicGroup, Share], Field(validate_default=True)]

    _shares = field_validator("ethnicity")(_sums_to_one)


class Leaving(Section):
    """Children who leave care in a financial year, `twice` of them two times; and why."""

    children: dict[int, Count]
    twice: Count
    reasons: dict[Reason, Share]

    _shares = field_validator("reasons")(_sums_to_one)


class Entering(Section):
    """Shares of entrants who come with brothers or sisters, and who have been in care before."""

    with_siblings: Share
    again: Share


class Characteristics(Section):
    """Sex and ethnicity of those looked after at the snapshot."""

    male: Share
    ethnicity: dict[EthnicGroup, Share]

    _shares = field_validator("ethnicity")(_sums_to_one)


class LateReviews(Section):
    """Children in care at a year's end with a review late in it or overdue then; and late ones who left."""

    late: Count
    overdue: Count
    left: Count = 0


class Reviews(Section):
    """How reviews are planned and held."""

    held: dict[int, Count] = {}
    late: dict[int, LateReviews] = {}
    late_otherwise: Share
    days_early: Annotated[float, Field(ge=0, le=90)]
    series: Share
    cancelled: Share


class Participation(Section):
    """Shares of the reviews of children of 4 and over."""

    not_participated: Share
    not_recorded: Share


class Alerts(Section):
    """Children with an alert raised, or with one completed, in a financial year; and how alerts end."""

    raised_children: dict[int, Count] = {}
    completed_children: dict[int, Count] = {}
    again: Share
    partner_agency: Share
    left_open: dict[int, Count] = {}


class Chair(Section):
    """Independent chairs of one kind: how many, their full-time equivalent, and whether in both roles."""

    count: Annotated[int, Field(gt=0)]
    fte: Annotated[float, Field(gt=0, le=1)]
    dual: bool


class Chairs(Section):
    """The independent chairs at the snapshot, those who left before it, and transfers of children."""

    establishment: Annotated[list[Chair], Field(min_length=1)]
    left: Count
    transfers_per_year: Share


class ProtectionPlans(Section):
    """Children with a child protection plan."""

    opening: Count
    snapshot: Count
    starting_per_month: Annotated[int, Field(gt=0)]
    also_looked_after: Count


class Oversight(Section):
    """Shares of reviews, or of intervals between them, where a piece of good practice happened."""

    progress_update: Share
    update_with_child: Share
    audited: Share
    report_received: Share
    spoken_to_before: Share
    co_chaired: Share
    written_to_child: Share
    plan_by_second_review: Share
    outcomes_in_time: Share
    record_in_time: Share


class Profile(Section):
    """Everything that drives one synthetic council."""

    name: str
    authority: Authority
    site: Site
    covers: Covers
    snapshot: date
    settling: list[Settling] = []
    known_late: KnownLate | None = None
    looked_after: MonthEnds
    uasc: Uasc
    leaving: Leaving
    entering: Entering
    characteristics: Characteristics
    reviews: Reviews
    participation: Participation
    alerts: Alerts
    chairs: Chairs
    protection_plans: ProtectionPlans
    short_breaks: Annotated[int, Field(ge=12)]
    oversight: Oversight

    _site = field_validator("site", mode="before")(named)

    def month_ends(self) -> list[tuple[date, int, int]]:
        """Month by month from the one before the covered days: its first day, looked after, UASC.

        These are true counts. The profile states a month's end as it was known that night, so what was known
        late is put back.
        """
        late = self.known_late
        ends = []
        for month in months(add_months(self.covers.first_day, -1), self.covers.last_day):
            children, uasc = self.looked_after.on(month), self.uasc.on(month)
            if late and month == month_start(late.night):
                children += late.entries - late.leavers
                uasc -= late.uasc_leavers + late.uasc_status_ends
            ends.append((month, children, uasc))
        return ends

    @model_validator(mode="after")
    def _is_consistent(self) -> Profile:
        first, last = self.covers.first_day, self.covers.last_day
        if first != month_start(first) or last != month_end(last) or first > last:
            raise ValueError("covers: must run from the first day of a month to the last day of one")
        if not first <= self.snapshot <= last:
            raise ValueError("snapshot: must lie in the covered days")
        if self.known_late and self.known_late.night != month_end(self.known_late.night):
            raise ValueError("known_late.night: must be the last day of a month")
        for month, children, uasc in self.month_ends():
            if uasc > children:
                raise ValueError(f"uasc.month_end {month:%Y-%m}: more than the children looked after")
        years = range(financial_year(first), financial_year(last) + 1)
        missing = [year for year in years if year not in self.leaving.children]
        if missing:
            raise ValueError(f"leaving.children: no count for {', '.join(map(str, missing))}")
        if not any(chair.dual for chair in self.chairs.establishment):
            raise ValueError("chairs.establishment: at least one kind must be dual")
        return self
