"""The published rules of the Explore Education Statistics screener, written anew: a function each, by its
name there.

They follow dfe-analytical-services/eesyscreener and, where it has none yet, the older dfe-published-data-qa.
What the screener only warns of fails here. Left out: the data dictionary of the service's interface, which
has words of schools alone, and places other than councils, which no file of ours has.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.open_data.screener import descriptions, names, places, times, values
from tests.open_data.screener.pair import Check, Pair, read

__all__ = ["CHECKS", "Pair", "problems", "read"]

CHECKS: dict[str, Check] = {
    name: check
    for module in (names, descriptions, times, places, values)
    for name, check in vars(module).items()
    if name.startswith(("check_", "precheck_"))
}


def problems(pair: Pair) -> Iterator[str]:
    """What the screener would say of a pair of files; nothing of a good one."""
    for name, check in CHECKS.items():
        yield from (f"{name}: {found}" for found in check(pair))
