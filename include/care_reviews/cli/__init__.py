"""The command line `care-reviews`: one module for each subject, mounted here."""

from __future__ import annotations

import signal
import sys

import typer
from dotenv import load_dotenv
from pydantic import ValidationError

from care_reviews.errors import CareReviewsError
from care_reviews.settings import PROJECT_ROOT

app = typer.Typer(
    name="care-reviews",
    help="From a council's record system to published, validated review measures.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _mount() -> None:
    from care_reviews.cli import (
        airflow,
        audit,
        board,
        clean,
        demo,
        demo_run,
        export,
        lookup,
        night,
        pages,
        publications,
        quality,
        report,
        server,
        site,
        superset,
    )

    app.add_typer(demo.app, name="demo", help="The synthetic council and the demonstration.")
    demo_run.register(demo.app)
    app.add_typer(audit.app, name="audit", help="The evidence: verify it, and keep its head elsewhere.")
    subjects = (
        server,
        night,
        publications,
        quality,
        lookup,
        audit,
        site,
        report,
        board,
        pages,
        export,
        superset,
        airflow,
        clean,
    )
    for subject in subjects:
        subject.register(app)


def main() -> None:
    """Entry point: a refusal is printed as one message, without a traceback, and ends with status 1.

    Connections may stand in `.env` beside the settings; what the environment says comes first.
    """
    load_dotenv(PROJECT_ROOT / ".env")
    # Asked to end, a command ends what it started, as on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    _mount()
    try:
        app()
    except CareReviewsError as error:
        _refuse(str(error))
    except ValidationError as error:
        wrong = "; ".join(f"CARE_REVIEWS_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        _refuse(f"a setting cannot be used: {wrong}. Correct it in the environment or in .env")


def _refuse(message: str) -> None:
    print(f"care-reviews: {message}", file=sys.stderr)
    sys.exit(1)
