"""Run by Superset's own Python: import a bundle, as its documentation says, and ask every chart for its data.

python asking.py BUNDLE DATABASE_NAME URI > answers.json
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

USER = "admin"


def superset(*words: str) -> None:
    """A command of Superset; its output is told when it fails."""
    done = subprocess.run(["superset", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"superset {words[0]}:\n{done.stdout}\n{done.stderr}")


def main(bundle: str, database: str, uri: str) -> None:
    superset("db", "upgrade")
    superset(
        *("fab", "create-admin", "--username", USER, "--password", "admin", "--email", "admin@example.org"),
        *("--firstname", "A", "--lastname", "B"),
    )
    superset("init")
    # Twice: who imports a newer bundle has one dashboard, not two.
    for _ in range(2):
        superset("import-dashboards", "--path", bundle, "--username", USER)
    superset("set-database-uri", "--database_name", database, "--uri", uri)
    from superset.app import create_app

    app = create_app()
    with app.app_context():
        print(json.dumps(asked(app), default=str))


def asked(app: Any) -> dict[str, Any]:
    """What each dashboard is called, and what each of its charts gives, as the charts' own API does."""
    from superset.extensions import db
    from superset.models.dashboard import Dashboard

    client = app.test_client()
    client.post("/login/", data={"username": USER, "password": "admin"})
    found: dict[str, Any] = {"dashboards": [], "charts": {}}
    for dashboard in db.session.query(Dashboard).all():
        found["dashboards"].append(dashboard.dashboard_title)
        for chart in dashboard.slices:
            answer = client.get(f"/api/v1/chart/{chart.id}/data/")
            body = answer.get_json()
            results = body["result"] if answer.status_code == 200 else None
            found["charts"][str(chart.uuid)] = {
                "status": answer.status_code,
                "error": None if results else body,
                "rows": results and [result["data"] for result in results],
                "params": json.loads(chart.params),
            }
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
