"""What verifying holds against each other, and how it says that two things differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from care_reviews.errors import CareReviewsError
from care_reviews.evidence.chain import Link
from care_reviews.evidence.digests import Digest


class EvidenceBrokenError(CareReviewsError):
    """The first thing that is not as it should be: `place`, what it `says`, and what it `should` say."""

    def __init__(self, place: str, says: object, should: object) -> None:
        super().__init__(f"the evidence is broken at {place}: it says {says}, and should say {should}")
        self.place, self.says, self.should = place, str(says), str(should)


class Records:
    """The records of a chain that holds together."""

    def __init__(self, links: Sequence[Link]) -> None:
        self.links = links
        self.older: Mapping[str, int] = links[0].record["older"]

    def of(self, *kinds: str) -> list[Link]:
        """The records of some kinds, in their order."""
        return [link for link in self.links if link.kind in kinds]

    def by(self, kind: str, fact: str) -> dict[Any, Link]:
        """The records of a kind by one of their facts, which no two of them may share."""
        found: dict[Any, Link] = {}
        for link in self.of(kind):
            first = found.setdefault(link.record[fact], link)
            if first is not link:
                raise EvidenceBrokenError(
                    str(link), f"{fact} {link.record[fact]} once more", f"it in record {first.number} alone"
                )
        return found


def same(place: str, says: Any, should: Any) -> None:
    """Raise EvidenceBrokenError unless both are alike. None is written as nothing."""
    if says != should:
        raise EvidenceBrokenError(place, _words(says), _words(should))


def digest(record: Mapping[str, Any]) -> Digest:
    """A digest that a record holds."""
    return Digest(record["rows"], record["sha256"])


def _words(value: Any) -> str:
    if isinstance(value, Digest):
        return f"{value.rows} rows with the digest {value.sha256}"
    return "nothing" if value is None else str(value)
