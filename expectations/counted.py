"""An expectation on a column that asks how many rows fail, and never which values they have."""

from __future__ import annotations

from typing import Any

import great_expectations.expectations as gxe
from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration


class ExpectColumnValuesToBeInSetCounted(gxe.ExpectColumnValuesToBeInSet):
    """As its parent, from counts alone: one query reads all of a batch's, and no failing value is fetched."""

    _said: ExpectationConfiguration | None = PrivateAttr(None)

    def get_validation_dependencies(self, *words: Any, **named: Any) -> Any:
        wanted = super().get_validation_dependencies(*words, **named)
        values = f"{self.map_metric}.unexpected_values"
        if values in wanted.get_metric_names():
            wanted.remove_metric_configuration(values)
        return wanted

    @property
    def configuration(self) -> ExpectationConfiguration:
        return self._said or super().configuration

    def _get_runtime_kwargs(self, *words: Any, **named: Any) -> dict[str, Any]:
        # It asks for the configuration some ten times, and Great Expectations makes it anew each time.
        self._said = super().configuration
        try:
            return super()._get_runtime_kwargs(*words, **named)
        finally:
            self._said = None
