"""What the charts draw, and that no colour is too faint: on a light screen, on a dark one and on paper."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from markupsafe import Markup

from care_reviews.report import palette
from care_reviews.report.charts import bars, canvas, rates, run, strip
from care_reviews.report.charts.scale import LINE, apart, ticks
from care_reviews.report.facts import Cell, Compared, Key, Point

PALETTES = {"light": palette.LIGHT, "dark": palette.DARK, "paper": palette.PAPER}
LIMITS: dict[str, Any] = {"centre": Decimal(20), "lower_limit": Decimal(10), "upper_limit": Decimal(30)}
WIDE: dict[str, Any] = {"centre": Decimal(20), "lower_limit": Decimal(5), "upper_limit": Decimal(35)}


def cell(value: float | None, month: int = 1, status: str = "final") -> Cell:
    key = Key("m", "month", dt.date(2019, month, 28))
    shown = None if value is None else Decimal(str(value))
    return Cell(key, "children", value=shown, status=status, symbol=None if shown is not None else "c")


def drawn(points: list[Point], kind: str, tag: str) -> list[str]:
    """The marks of a kind in a chart, without those of its legend, which lie above the axis."""
    found = re.findall(f"<{tag} [^>]*>", str(run.draw("chart", Markup("What it shows"), points)))
    places = [each for each in found if f'class="{kind}"' in each]
    return [each for each in places if not re.search(r'(y1|cy)="(8|25|42)"|points="[0-9.]+,(3|20|37) ', each)]


@pytest.mark.parametrize("name", PALETTES)
def test_texts_and_shapes_have_contrast(name: str) -> None:
    """WCAG 2.2: 4.5 for texts, 3 for shapes that carry a meaning."""
    colours = PALETTES[name]
    faint = {pair: ratio for pair in palette.TEXTS if (ratio := ratio_of(colours, pair)) < 4.5}
    unclear = {pair: ratio for pair in palette.SHAPES if (ratio := ratio_of(colours, pair)) < 3}
    assert (faint, unclear) == ({}, {})
    assert ratio_of(colours, ("focus", "paper")) >= 3


def ratio_of(colours: Any, pair: tuple[str, str]) -> float:
    return palette.contrast(colours[pair[0]], colours[pair[1]])


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_the_guideline(one: str, other: str, ratio: float) -> None:
    assert round(palette.contrast(one, other), 2) == ratio == round(palette.contrast(other, one), 2)


def test_a_signal_and_a_provisional_month_differ_by_shape() -> None:
    states = [("final", False), ("final", True), ("provisional", False), ("provisional", True)]
    points = [
        Point(cell(20, place + 1, status), is_signal=is_signal, **LIMITS)
        for place, (status, is_signal) in enumerate(states)
    ]
    kinds = (("series", "circle"), ("signal", "polygon"), ("hollow", "circle"), ("open-signal", "polygon"))
    assert [len(drawn(points, *kind)) for kind in kinds] == [1, 1, 1, 1]


def test_a_suppressed_month_is_a_gap_with_its_symbol() -> None:
    points = [Point(cell(value, place + 1), **LIMITS) for place, value in enumerate((20, 21, None, 22, 23))]
    assert len(drawn(points, "series", "circle")) == 4
    lines = [re.findall("[0-9.]+,", each) for each in drawn(points, "series-line", "polyline")]
    assert [len(places) for places in lines] == [2, 2]
    assert str(run.draw("chart", Markup(""), points)).count(">c</text>") == 1


def test_a_chart_of_nothing_but_gaps_draws_no_point() -> None:
    points = [Point(cell(None, month)) for month in (1, 2, 3)]
    assert not [kind for kind in ("series", "hollow") if drawn(points, kind, "circle")]
    assert str(run.draw("chart", Markup(""), points)).count(">c</text>") == 3


def test_limits_are_drawn_for_the_months_that_they_are_of() -> None:
    points = [Point(cell(20, month), **(LIMITS if month < 3 else WIDE)) for month in (1, 2, 3, 4)]
    bands = [
        [float(number) for number in re.findall('(?:x|width)="([0-9.]+)"', each)]
        for each in drawn(points, "band", "rect")
    ]
    (start, width), (following, _) = bands
    assert start + width == pytest.approx(following, abs=0.2)
    assert len(drawn(points, "limit", "line")) == 4


@pytest.mark.parametrize(("is_trial", "bands", "limits", "dotted"), [(True, 0, 0, 2), (False, 1, 2, 0)])
def test_limits_on_trial_are_dotted_and_have_no_band(
    is_trial: bool, bands: int, limits: int, dotted: int
) -> None:
    points = [Point(cell(20, month), is_trial=is_trial, **LIMITS) for month in (1, 2)]
    found = [drawn(points, *kind) for kind in (("band", "rect"), ("limit", "line"), ("trial", "line"))]
    assert [len(each) for each in found] == [bands, limits, dotted]
    assert ("usual range, on trial" in run.draw("chart", Markup(""), points)) is is_trial


@pytest.mark.parametrize(("months", "lines"), [(6, 0), (7, 2)])
def test_no_range_is_drawn_that_comes_from_too_few_months(months: int, lines: int) -> None:
    points = [Point(cell(20, month), is_trial=True, base_points=months, **LIMITS) for month in (1, 2)]
    assert len(drawn(points, "trial", "line")) == lines
    chart = str(run.draw("chart", Markup(""), points))
    assert [said in chart for said in ("on trial", ">30</text>")] == [bool(lines)] * 2


def test_a_suppressed_category_has_no_bar_and_no_mark() -> None:
    rows = [bars.Bar("Shown", (cell(7),), cell(6)), bars.Bar("Hidden", (cell(None),), cell(None))]
    chart = str(bars.draw("chart", Markup(""), rows))
    assert chart.count("<rect") == 1
    assert chart.count('class="last"') == 2  # one of them in the legend
    assert chart.count(">c</text>") == 1


def test_a_band_is_drawn_with_its_ends_where_one_is_wanted() -> None:
    wanted = (Decimal(50), Decimal(70))
    chart = str(
        bars.draw(
            "c", Markup(""), [bars.Bar("One", (cell(51),), None, wanted), bars.Bar("Other", (cell(9),))]
        )
    )
    (x, width) = (
        float(found)
        for found in re.findall(r'<rect x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)"[^>]*class="band"', chart)[
            0
        ]
    )
    ends = [float(found) for found in re.findall(r'<line x1="([0-9.]+)"[^>]*class="target"', chart)[-2:]]
    assert ends == [x, pytest.approx(x + width, abs=0.2)]
    bar = max(float(found) for found in re.findall(r'width="([0-9.]+)"[^>]*class="series"', chart))
    assert x < bars.LEFT + bar < x + width  # 51 lies in it
    assert "target: 50 to 70" in chart
    assert "target" not in bars.draw("c", Markup(""), [bars.Bar("One", (cell(51),))])


def test_tiles_tell_none_from_some_and_from_what_is_hidden() -> None:
    """By more than colour: a tile of none has an outline, a hidden one has not, and each says its value."""
    rows = [
        ("2019/20", [cell(0, 4), cell(7, 5), cell(None, 6)]),
        ("2018/19", [cell(0, 4), cell(0, 5), cell(0, 6)]),
    ]
    chart = str(strip.draw("c", Markup("What it shows"), ["April", "May", "June"], rows))
    kinds = [re.findall(f'<rect [^>]*class="{kind}"', chart) for kind in ("hollow", "series", "band")]
    assert [len(found) - 1 for found in kinds] == [4, 1, 1]  # each once in the legend
    assert [chart.count(f">{said}</text>") for said in ("0", "7", "c")] == [4, 1, 1]
    whole = str(strip.draw("c", Markup(""), ["April", "May"], [("2019/20", [None, cell(0)])]))
    assert [said in whole for said in strip.WORDS.values()] == [True, False, False]


@pytest.mark.parametrize("last", [None, "nothing is published"])
def test_a_legend_names_the_year_before_where_it_is_drawn(last: str | None) -> None:
    before = cell(None) if last else None
    assert "the year before" not in bars.draw(
        "c", Markup(""), [bars.Bar("Shown", (cell(7),), before)], ("now",)
    )
    assert "the year before" in bars.draw("c", Markup(""), [bars.Bar("Shown", (cell(7),), cell(0))], ("now",))
    hidden = rates.Rate("Share", Compared(cell(7), cell(None)))
    assert "the year before" not in rates.draw("c", Markup(""), [hidden])
    assert "the year before" in rates.draw("c", Markup(""), [rates.Rate("Share", Compared(cell(7), cell(6)))])


@pytest.mark.parametrize(
    ("values", "unit", "axis"),
    [
        ([-20, 3, 8], "children", [0, 2, 4, 6, 8]),
        ([0, 0], "children", [0, 1]),
        ([1, 2], "children", [1, 2]),
        ([-3, 96, 104], "percent", [0, 50, 100]),
        ([96, 104], "percent", [96, 97, 98, 99, 100]),
        ([100, 100], "percent", [50, 100]),
        ([0, 0], "percent", [0, 0.5]),
        ([], "percent", [0, 0.5]),
        ([1.2, 1.4], "fte", [1.2, 1.3, 1.4]),
    ],
)
def test_an_axis_has_no_value_that_its_unit_cannot_have(
    values: list[float], unit: str, axis: list[float]
) -> None:
    assert ticks(values, unit) == axis


def test_a_limit_below_zero_is_no_line_and_its_band_ends_at_zero() -> None:
    low = LIMITS | {"lower_limit": Decimal(-10)}
    points = [Point(cell(value, month), **low) for month, value in ((1, 0), (2, 20))]
    chart = str(run.draw("chart", Markup(""), points))
    assert ">-" not in chart
    assert ">−" not in chart
    (limit,) = drawn(points, "limit", "line")
    (band,) = drawn(points, "band", "rect")
    y, height = (float(re.search(f' {name}="([0-9.]+)"', band)[1]) for name in ("y", "height"))  # type: ignore[index]
    assert f'y1="{y:.1f}"'.replace(".0", "") in limit
    foot = next(each for each in re.findall("<circle [^>]*>", chart) if 'class="series"' in each)
    assert f'cy="{y + height:.1f}"'.replace(".0", "") in foot


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([10, 50], [10, 50]),
        ([10, 12], [10, 10 + LINE]),
        ([98, 99, 100], [100 - 2 * LINE, 100 - LINE, 100]),
        ([0, 0, 100], [0, LINE, 100]),
        ([], []),
    ],
)
def test_texts_below_each_other_do_not_touch(places: list[float], found: list[float]) -> None:
    assert apart(places, 0, 100) == found


@pytest.mark.parametrize(
    "name", ["Short", "Children with all reviews in time, of those with one due in the year so far"]
)
def test_a_long_name_has_lines_that_fit(name: str) -> None:
    chart = bars.draw("c", Markup(""), [bars.Bar(name, (cell(7),), cell(6))])
    said = re.findall("<text [^>]*>([^<]*)</text>", chart)
    assert all(len(line) <= canvas.LINE_LETTERS for line in said)
    assert name in " ".join(said)
