"""Whole numbers that satisfy equations, as HiGHS finds them."""

from __future__ import annotations

from typing import Any

import numpy as np
from highspy import Highs, HighsLp, HighsVarType, MatrixFormat, SolutionStatus
from scipy.sparse import csc_array

from care_reviews.disclosure.equations import Numbers

OPTIONS: dict[str, bool | int | str] = {
    "output_flag": False,
    # What is hidden may not depend on the machine: neither on its cores, nor on its clock. Where the linear
    # solver finds no whole numbers the integer solver may take so many steps.
    "parallel": "off",
    "mip_max_nodes": 200,
    # Most of these problems are small: to look for what can be left out takes longer than to solve them.
    "presolve": "off",
}


class Solver:
    """Knows what each row of a matrix comes to with some numbers, and is asked for such numbers many times;
    each answer is looked for from the one before.
    """

    def __init__(self, matrix: Any, sums: Numbers) -> None:
        self._matrix, self._sums = matrix, sums
        self._highs = Highs()
        for name, value in OPTIONS.items():
            self._highs.setOptionValue(name, value)
        self._highs.passModel(_model(csc_array(matrix), sums))

    def least(self, wish: Any, least: Any, most: Any) -> Numbers | None:
        """The numbers from `least` to `most` that come to the least where each counts as its wish says; None
        if none were found.
        """
        every = np.arange(len(wish), dtype=np.int32)
        self._highs.changeColsCost(len(every), every, wish)
        self._highs.changeColsBounds(len(every), every, least, most)
        for kind in (HighsVarType.kContinuous, HighsVarType.kInteger):
            self._highs.changeColsIntegrality(len(every), every, np.full(len(every), int(kind), np.uint8))
            self._highs.run()
            if self._highs.getInfo().primal_solution_status != SolutionStatus.kSolutionStatusFeasible:
                return None
            found: Numbers = np.rint(self._highs.getSolution().col_value).astype(np.int64)
            if (self._matrix @ found == self._sums).all() and found.min() >= 0:
                return found
        return None


def _model(matrix: Any, sums: Numbers) -> HighsLp:
    rows, columns = matrix.shape
    model = HighsLp()
    model.num_row_, model.num_col_ = rows, columns
    model.row_lower_ = model.row_upper_ = sums.astype(float)
    model.col_cost_, model.col_lower_ = np.zeros(columns), np.zeros(columns)
    model.col_upper_ = np.full(columns, np.inf)
    model.a_matrix_.format_ = MatrixFormat.kColwise
    model.a_matrix_.num_row_, model.a_matrix_.num_col_ = rows, columns
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    return model
