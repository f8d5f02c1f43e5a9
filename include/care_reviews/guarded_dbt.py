"""dbt as a child process that never outlives its parent: `python -m care_reviews.guarded_dbt build …`.

The parent holds the other end of standard input. When the parent is gone, killed or not, it closes, and dbt
stops at once instead of building on beside the next run.
"""

from __future__ import annotations

import os
import threading


def _stop_with_the_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(130)


def main() -> None:
    threading.Thread(target=_stop_with_the_parent, daemon=True).start()
    from dbt.cli.main import cli

    cli()


if __name__ == "__main__":
    main()
