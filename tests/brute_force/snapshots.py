"""The cells of a month end: the children looked after on it, and what is known of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from .allocations import changed_in_year
from .care import Person
from .cell import Cell, count, percentage
from .due_dates import DueDate, add_months
from .facts import Council, sequence
from .placements import has_moved_often, settled
from .population import rate_per_10k
from .spans import Between, reporting_year_start


@dataclass
class Part:
    """What of a month end belongs to one category: due dates of the year so far, and how many reviews are
    overdue and alerts open.
    """

    children: set[Person] = field(default_factory=set)
    due: list[tuple[Person, DueDate]] = field(default_factory=list)
    overdue: int = 0
    open: int = 0


class Snapshot:
    """A month end, the children looked after on it, the alerts open on it, and the reviews due so far."""

    def __init__(self, of_council: Council, children: set[Person], day: date) -> None:
        self.of_council, self.children, self.day = of_council, children, day
        self.year_so_far = Between("snapshot", reporting_year_start(day), day)
        self.open = [alert for alert in of_council.facts.raised if alert.open_on(day)]
        periods_of = defaultdict(list)
        for period in of_council.periods:
            periods_of[period.person].append(period)
        stays, changed = of_council.stays, of_council.chair_changes
        self.moved_often = {each for each in children if has_moved_often(stays[each], day)}
        self.settled = {each: settled(each, periods_of[each], stays[each], day) for each in children}
        self.chair_changed = {each for each in children if changed_in_year(changed[each], day)}
        a_year_before = add_months(day.replace(day=1), -11)
        was_asylum_seeking = of_council.characteristics.was_asylum_seeking
        self.asylum_in_year = {each for each in children if was_asylum_seeking(each, a_year_before, day)}
        self.due = [fact for fact in of_council.facts.due if fact[1].due in self.year_so_far]
        self.overdue = [
            (person, each) for person in children for each in of_council.dues[person] if each.overdue_on(day)
        ]
        self.asylum_seeking = {each for each in children if self.category("uasc", each, day) == "UASC"}
        self.parts: dict[str, dict[str | None, Part]] = {}

    def of(self, breakdown: str, category: str) -> dict[str, Cell]:
        if breakdown not in self.parts:
            self.parts[breakdown] = self.parted(breakdown)
        part, day = self.parts[breakdown].get(category, Part()), self.day
        return {
            "children_looked_after": count(len(part.children)),
            "children_looked_after_uasc": count(len(part.children & self.asylum_seeking)),
            "children_looked_after_uasc_12_months": count(len(part.children & self.asylum_in_year)),
            "children_rate_per_10k": rate_per_10k(len(part.children), day, self.of_council.population),
            **timeliness(part.children, self.of_council.dues, self.year_so_far),
            "review_timeliness_reviews": reviews_on_time(part.due, self.year_so_far),
            "overdue_reviews": count(part.overdue),
            **self.stability(part.children),
            "alerts_open": count(part.open),
        }

    def category(self, breakdown: str, person: Person, day: date) -> str | None:
        if breakdown == "all":
            return "all"
        return self.of_council.characteristics.of(person, day).get(breakdown)

    def parted(self, breakdown: str) -> dict[str | None, Part]:
        """What belongs to each category."""

        def category_of_due(person: Person, each: DueDate, day: date) -> str | None:
            if breakdown == "review_sequence":
                return sequence(each.seq)
            return self.category(breakdown, person, day)

        found: dict[str | None, Part] = defaultdict(Part)
        for person in self.children:
            found[self.category(breakdown, person, self.day)].children.add(person)
        for person, each in self.due:
            found[category_of_due(person, each, each.due)].due.append((person, each))
        for person, each in self.overdue:
            found[category_of_due(person, each, self.day)].overdue += 1
        for alert in self.open:
            found[self.category(breakdown, alert.person, self.day)].open += 1
        return found

    def stability(self, children: set[Person]) -> dict[str, Cell]:
        long_term = [self.settled[each] for each in children if self.settled[each] is not None]
        return {
            "placements_three_or_more": percentage(len(children & self.moved_often), len(children)),
            "placement_long_term_stable": percentage(long_term.count(True), len(long_term)),
            "chair_changes": percentage(len(children & self.chair_changed), len(children)),
        }


def reviews_on_time(dues: list[tuple[Person, DueDate]], span: Between) -> Cell:
    due = [each for _, each in dues if each.due in span]
    return percentage(sum(each.on_time for each in due), len(due))


def timeliness(
    looked_after: set[Person], dues: dict[Person, list[DueDate]], year_so_far: Between
) -> dict[str, Cell]:
    """The readings of timeliness that count children, over the reporting year up to its last day so far."""
    in_time, had_one_due, had_one_due_in_time, up_to_date = 0, 0, 0, 0
    for person in looked_after:
        this_year = [each for each in dues[person] if each.due in year_so_far]
        is_up_to_date = not any(each.overdue_on(year_so_far.end) for each in dues[person])
        is_in_time = is_up_to_date and not any(each.late for each in this_year)
        in_time += is_in_time
        up_to_date += is_up_to_date
        had_one_due += bool(this_year)
        had_one_due_in_time += bool(this_year) and is_in_time
    return {
        "review_timeliness_children": percentage(in_time, len(looked_after)),
        "review_timeliness_children_due": percentage(had_one_due_in_time, had_one_due),
        "review_up_to_date": percentage(up_to_date, len(looked_after)),
    }
