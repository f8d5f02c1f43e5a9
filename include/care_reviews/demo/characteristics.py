"""Who the children are: sex, ethnicity, quadrant, and their synthetic names and numbers.

In: children with their periods of care, a profile and a seed. Out: the same children, filled in. The mix of
sex and ethnicity is dealt out by quota among those looked after at the snapshot, and again among the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from care_reviews.demo import names
from care_reviews.demo.people import Child
from care_reviews.demo.profiles.model import Profile
from care_reviews.demo.randomness import pick, spread, stream

# Local ethnicity codes of the synthetic record system, and the national code that each stands for.
ETHNIC_CODES: dict[str, str] = {
    "W1": "WBRI",
    "W2": "WIRI",
    "W3": "WOTH",
    "W4": "WIRT",
    "W5": "WROM",
    "M1": "MWBC",
    "M2": "MWBA",
    "M3": "MWAS",
    "M9": "MOTH",
    "A1": "AIND",
    "A2": "APKN",
    "A3": "ABAN",
    "A9": "AOTH",
    "B1": "BCRB",
    "B2": "BAFR",
    "B9": "BOTH",
    "C1": "CHNE",
    "O9": "OOTH",
    "X1": "REFU",
    "X2": "NOBT",
}
_CODES_OF_GROUP: dict[str, dict[str, float]] = {
    "white": {"W1": 88, "W2": 1, "W3": 7, "W4": 2, "W5": 2},
    "mixed": {"M1": 4, "M2": 2, "M3": 2, "M9": 3},
    "asian": {"A1": 2, "A2": 4, "A3": 2, "A9": 4},
    "black": {"B1": 2, "B2": 6, "B9": 2},
    "other": {"O9": 40, "C1": 1},
    "not_known": {"X1": 1, "X2": 2},
}
_UASC_CODES: dict[str, str] = {"white": "W3", "asian": "A9", "black": "B2", "other": "O9", "mixed": "M9"}


def give_characteristics(children: Sequence[Child], profile: Profile, seed: int) -> None:
    """Sex, ethnicity, quadrant and names for every looked-after child."""
    at_snapshot = [child for child in children if child.in_care(profile.snapshot)]
    others = [child for child in children if not child.in_care(profile.snapshot)]
    for label, group in (("snapshot", at_snapshot), ("rest", others)):
        rng = stream(seed, profile.name, "characteristics", label)
        _deal_sex(group, profile, rng)
        _deal_ethnicity(group, profile, rng)
    _mark_unusual_sex(others, stream(seed, profile.name, "unusual sex"))
    rng = stream(seed, profile.name, "names")
    family_homes: dict[int, tuple[str, int]] = {}
    for child in children:
        home = names.surname(rng), rng.randrange(len(profile.site.areas))
        if child.family is not None:
            home = family_homes.setdefault(child.family, home)
        child.surname, child.quadrant = home
        child.forename = names.forename(rng, child.sex)


def _deal_sex(group: list[Child], profile: Profile, rng: Random) -> None:
    uasc = [child for child in group if child.uasc]
    rest = [child for child in group if not child.uasc]
    uasc_males = round(profile.uasc.male * len(uasc))
    males = max(0, round(profile.characteristics.male * len(group)) - uasc_males)
    for part, count in ((uasc, uasc_males), (rest, males)):
        sexes = ["M"] * count + ["F"] * (len(part) - count)
        rng.shuffle(sexes)
        for child, sex in zip(part, sexes, strict=False):
            child.sex = sex


def _mark_unusual_sex(others: list[Child], rng: Random) -> None:
    """A few records say unknown or indeterminate."""
    for child, sex in zip(rng.sample(others, min(3, len(others))), ("U", "I", "U"), strict=False):
        child.sex = sex


def _deal_ethnicity(group: list[Child], profile: Profile, rng: Random) -> None:
    shares, uasc_shares = profile.characteristics.ethnicity, profile.uasc.ethnicity
    left = dict(zip(shares, spread(len(group), list(shares.values())), strict=True))
    uasc = [child for child in group if child.uasc]
    for name, count in zip(uasc_shares, spread(len(uasc), list(uasc_shares.values())), strict=True):
        for child in uasc[:count]:
            child.ethnicity = _UASC_CODES[name]
        del uasc[:count]
        left[name] = max(0, left.get(name, 0) - count)
    for family in _families_largest_first([child for child in group if not child.uasc], rng):
        drawn = pick(rng, {key: value if value >= len(family) else 0 for key, value in left.items()})
        left[drawn] = max(0, left[drawn] - len(family))
        code = pick(rng, _CODES_OF_GROUP[drawn])
        for child in family:
            child.ethnicity = code


def _families_largest_first(group: list[Child], rng: Random) -> list[list[Child]]:
    """Siblings together: large families first, so that each finds a group with room for it."""
    families: dict[object, list[Child]] = {}
    for child in group:
        families.setdefault(child.family or f"child {child.number}", []).append(child)
    dealt = list(families.values())
    rng.shuffle(dealt)
    return sorted(dealt, key=len, reverse=True)
