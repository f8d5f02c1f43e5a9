"""Cells being hidden until nothing that is shown gives a hidden one away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from care_reviews.disclosure.cells import CellKey
from care_reviews.disclosure.certificate import Certificates
from care_reviews.disclosure.equations import Unknowns
from care_reviews.disclosure.picture import Picture
from care_reviews.disclosure.quantities import Quantity
from care_reviews.disclosure.relations import Relation


class Protection:
    """A picture, and what readers can add up in it."""

    def __init__(self, picture: Picture, relations: list[Relation]) -> None:
        self.picture = picture
        self.relations = relations
        self.certificates = Certificates(picture.number)
        self.of: dict[Quantity, list[Relation]] = defaultdict(list)
        for relation in relations:
            for one in relation.members:
                self.of[one].append(relation)

    def hide(self, keys: Iterable[CellKey]) -> None:
        """Hide cells, and in every sum with one hidden quantity the next smallest as well."""
        self.settle(self.picture.hide(keys))

    def settle(self, hidden: Iterable[Quantity]) -> None:
        """Hide another quantity in every sum in which one of these is the only hidden one."""
        # In an order of their own: the order of a set changes from one process to the next.
        waiting = sorted(hidden)
        while waiting:
            one = waiting.pop()
            for relation in self.of[one]:
                if not any(other != one and self.picture.is_hidden(other) for other in relation.members):
                    # One that was known before protects nothing, but a sum with one gap looks solvable.
                    beside = self._next(relation) or self._next(relation, were_known=True)
                    if beside is not None:
                        waiting += sorted(self.picture.hide(self.picture.shown_by[beside]))

    def given_away(self) -> set[Quantity]:
        """The secrets that readers may find out from everything that is shown."""
        secret, picture = self.picture.secret(), self.picture
        shown = {one: number for one, number in picture.number.items() if not picture.is_unknown(one)}
        return secret - self.certificates.free(Unknowns(self.relations, shown), secret)

    def widen(self, given_away: set[Quantity]) -> bool:
        """Hide one more quantity for each secret given away; says whether there was any to hide."""
        beside = {found for one in given_away if (found := self._nearest(one)) is not None}
        for one in sorted(beside):
            self.hide(self.picture.shown_by[one])
        return bool(beside)

    def _next(self, relation: Relation, were_known: bool = False) -> Quantity | None:
        """The quantity to hide beside a hidden one: the smallest, and of those the newest; none at all only
        where there is no other.
        """
        shown = [
            one
            for one in relation.members
            if self.picture.times_shown[one] and (one in self.picture.known) == were_known
        ]
        return min(shown, key=self._cost, default=None)

    def _cost(self, one: Quantity) -> tuple[object, ...]:
        number = self.picture.number[one]
        return (not number, _is_headline(one), number, -one.end.toordinal(), one)

    def _nearest(self, one: Quantity) -> Quantity | None:
        """The next quantity to hide in the sums of this one, or else in those of what is unknown in them."""
        seen, edge = {one}, {one}
        while edge:
            relations = [relation for each in sorted(edge) for relation in self.of[each]]
            found = [each for relation in relations if (each := self._next(relation)) is not None]
            if found:
                return min(found, key=self._cost)
            around = {each for relation in relations for each in relation.members}
            edge = {each for each in around - seen if self.picture.is_unknown(each)}
            seen |= edge
        return None


def _is_headline(one: Quantity) -> bool:
    """Whether it is the whole of a day or of a year: what reports quote is hidden last."""
    return one.breakdown == "all" and (one.end - one.start).days not in range(1, 300)
