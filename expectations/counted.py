"""An expectation on a column that asks how many rows fail, and never which values they have."""

from __future__ import annotations

from typing import Any

import great_expectations.expectations as gxe


class ExpectColumnValuesToBeInSetCounted(gxe.ExpectColumnValuesToBeInSet):
    """As its parent, from counts alone: one query reads all of a batch's, and no failing value is fetched."""

    def get_validation_dependencies(self, *words: Any, **named: Any) -> Any:
        wanted = super().get_validation_dependencies(*words, **named)
        values = f"{self.map_metric}.unexpected_values"
        if values in wanted.get_metric_names():
            wanted.remove_metric_configuration(values)
        return wanted
