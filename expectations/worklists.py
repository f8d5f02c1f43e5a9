"""What is expected of the working lists: that they and the measures count the same.

Snapshots are of month ends: on other nights there is none to compare with.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.words import Draft, fault, no_row


def counts() -> Iterator[Draft]:
    for rule, flag, says in (
        (
            "reviews",
            "reviews_differ",
            "worklist_review has as many overdue reviews as overdue_reviews counts on the night.",
        ),
        (
            "records",
            "records_differ",
            "worklist_record and the records done late are as many as record_within_15_days counts as late.",
        ),
        (
            "alerts",
            "alerts_differ",
            "worklist_alert has as many alerts as alerts_open counts on the night.",
        ),
        (
            "chairs",
            "chairs_differ",
            "The working time of worklist_chair is chair_fte of the night.",
        ),
    ):
        yield fault(rule, no_row(flag), says=says)
