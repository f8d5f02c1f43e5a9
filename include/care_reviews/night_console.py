"""A night as a person at the console sees it: one line a step, and the reason when one fails."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from care_reviews.console import Progress
from care_reviews.night_run import StepEvent, run_night

UNDER_WAY = {
    "extract": "extract: reading the record system",
    "land": "land: keeping what is new, changed or gone",
    "build": "build: dbt builds the candidate marts",
    "validate": "validate: the gates judge",
    "publish": "publish: bringing the marts to the readers",
}


def show_night(day: dt.date, variables: dict[str, str], progress: Progress, verbose: bool = False) -> bool:
    """Run one night and show it; whether it was published."""
    progress.line(f"Night of {day}")
    started, failed = time.monotonic(), []

    def on_event(event: StepEvent) -> None:
        if event.state == "started":
            progress.now(UNDER_WAY.get(event.step, event.step))
            return
        progress.line(step_line(event))
        progress.now("Airflow")
        if event.state == "failed":
            failed.append(event)

    progress.now("starting Airflow")
    done, log = run_night(day, variables, on_event, progress.line if verbose else lambda line: None)
    progress.now("")
    seconds = time.monotonic() - started
    if done:
        progress.line(f"  published in {seconds:.0f} s · log {log}")
    elif failed:
        progress.line(f"  not published: {failed[-1].step} failed; the last publication stands · log {log}")
    else:
        progress.line(f"  not published: Airflow ended before a step could say why · log {log}")
    return done


def step_line(event: StepEvent) -> str:
    """One line for a finished or failed step: name, seconds, its numbers or its reason."""
    head = f"  {event.step:<9}{event.seconds:6.1f} s  "
    facts = "; ".join(_words(fact) for fact in event.facts)
    if event.state == "failed":
        return f"{head}failed: {event.message}" + (f" ({facts})" if facts else "")
    return f"{head}{facts}".rstrip()


def _words(fact: dict[str, Any]) -> str:
    """A verdict as `source gate passed (42 passed, 3 not applicable, 0 warned, 0 stopped)`; other numbers as
    `name number`.
    """
    if "gate" in fact:
        names = ("passed", "not_applicable", "warned", "stopped")
        counts = ", ".join(f"{fact[name]} {name.replace('_', ' ')}" for name in names if name in fact)
        return f"{fact['gate']} gate {fact['verdict']} ({counts})"
    return ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in fact.items())
