"""A context of Great Expectations that lives in memory and leaves nothing behind."""

from __future__ import annotations

from typing import Any

import great_expectations as gx
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)


def in_memory(data_docs_sites: dict[str, Any] | None = None) -> Any:
    """A context without files of its own, progress bars or telemetry, with these sites for Data Docs."""
    return gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
            progress_bars=ProgressBarsConfig(globally=False),
            data_docs_sites=data_docs_sites or {},
            analytics_enabled=False,
        ),
    )
