"""A bundle for Apache Superset: the board's dashboard of one council as YAML files in a ZIP file. See
docs/bi-tools.md.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import yaml

from care_reviews.superset import dashboard, datasets
from care_reviews.superset.names import Place

ROOT = "care_reviews_superset"
# Files of a bundle have no time of their own: the same warehouse and code give the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def bundle(place: Place) -> bytes:
    """The ZIP file that `superset import-dashboards` takes: the place's council, without a password."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files(place).items()):
            archive.writestr(zipfile.ZipInfo(f"{ROOT}/{name}", NO_TIME), _yaml(content))
    return made.getvalue()


def files(place: Place) -> dict[str, Mapping[str, Any]]:
    """What each file of the bundle holds, by its name."""
    charts = dashboard.charts(place)
    return {
        "metadata.yaml": {"version": "1.0.0", "type": "Dashboard", "timestamp": "1980-01-01T00:00:00+00:00"},
        "databases/care_reviews.yaml": datasets.database(place),
        **{f"datasets/care_reviews/{each['table_name']}.yaml": each for each in datasets.datasets(place)},
        **{f"charts/{name}.yaml": chart for name, chart in charts.items()},
        "dashboards/board.yaml": dashboard.dashboard(place, charts),
    }


def _yaml(content: Mapping[str, Any]) -> str:
    return yaml.dump(dict(content), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


class _Dumper(yaml.SafeDumper):
    """Writes a text of several lines as lines, so that a query can be read."""


def _text(dumper: yaml.SafeDumper, words: str) -> yaml.ScalarNode:
    style = "|" if "\n" in words else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=style)


_Dumper.add_representer(str, _text)
