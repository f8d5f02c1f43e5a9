"""The demonstration: its two nights give every figure of the annual report, contradictions included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from care_reviews import connections, ledger
from care_reviews.demo.comparison import compare
from care_reviews.demo.figures import Figure, report_figures

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200), pytest.mark.xdist_group("demonstration")]

AUTHORITY = "E10000030"


@pytest.fixture(scope="module")
def compared(demonstration: Any) -> dict[Figure, Any]:
    """What an analyst sees for each figure."""
    engine = connections.make_engine(connections.role_url("analyst", connections.admin_url()))
    with engine.connect() as connection:
        values = {row.figure: row for row in compare(connection, AUTHORITY)}
    engine.dispose()
    return values


def name_of(figure: Figure) -> str:
    cell = f"{figure.measure_id}-{figure.category}-{figure.period_grain}-{figure.period_end}-{figure.part}"
    return f"{cell}-as-known-{figure.as_known}"


@pytest.mark.parametrize("figure", report_figures(), ids=name_of)
def test_the_warehouse_gives_the_reports_figure(compared: dict[Figure, Any], figure: Figure) -> None:
    value = compared[figure].value
    assert value is not None
    if figure.reason:
        assert not compared[figure].matches
        assert compared[figure].is_accounted_for
    elif figure.above:
        assert value > figure.figure
    else:
        assert float(value) == figure.figure


def test_the_figures_are_those_of_the_report() -> None:
    figures = report_figures()
    assert len(figures) == 54
    assert len({name_of(figure) for figure in figures}) == 54
    assert [figure.measure_id for figure in figures if figure.reason] == ["participation"]


def test_readers_see_each_figure_but_those_of_few_children(compared: dict[Figure, Any]) -> None:
    """All but a few tell of the few. Of ethnicities one stands beside a small number: nobody may subtract."""
    suppressed = [row.figure for row in compared.values() if row.is_suppressed]
    whole = [figure for figure in suppressed if figure.breakdown == "all"]
    assert [(figure.measure_id, figure.figure) for figure in whole] == [("review_timeliness_children", 99.6)]
    assert [figure.breakdown for figure in suppressed if figure not in whole] == ["ethnicity"]


def test_late_recording_alone_makes_the_reports_contradictions(demonstration: Any) -> None:
    engine = connections.make_engine(connections.role_url("bi_reader", connections.admin_url()))
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "select as_known, measure_id, numerator from published.kpi_value_as_known "
                "where period_grain = 'snapshot' and period_end = '2020-03-31' and breakdown = 'all' "
                "and measure_id in ('children_looked_after', 'children_looked_after_uasc')"
            )
        )
        found = {(str(row.as_known), row.measure_id): row.numerator for row in rows}
    engine.dispose()
    assert found == {
        ("2020-03-31", "children_looked_after"): 984,
        ("2020-04-30", "children_looked_after"): 986,
        ("2020-03-31", "children_looked_after_uasc"): 108,
        ("2020-04-30", "children_looked_after_uasc"): 106,
    }


@pytest.mark.parametrize(("as_known", "is_signal"), [("2020-03-31", False), ("2020-04-30", True)])
def test_late_recording_makes_the_uasc_series_signal(
    demonstration: Any, as_known: str, is_signal: bool
) -> None:
    march = trend_of("children_looked_after_uasc", as_known, "2020-03-31")
    assert march.is_signal is is_signal
    assert march.is_beyond_limit is is_signal


def test_the_limits_are_those_of_the_reports_series(demonstration: Any) -> None:
    june = trend_of("children_looked_after", "2020-03-31", "2019-06-30")
    limits = (june.value, june.centre, june.lower_limit, june.upper_limit)
    assert [str(round(number, 1)) for number in limits] == ["944.0", "967.2", "948.6", "985.9"]
    assert june.is_beyond_limit


@pytest.mark.parametrize(("as_known", "is_trial"), [("2020-03-31", True), ("2020-04-30", False)])
def test_limits_are_on_trial_while_a_month_of_theirs_is_provisional(
    demonstration: Any, as_known: str, is_trial: bool
) -> None:
    june = trend_of("children_looked_after", as_known, "2019-06-30")
    assert (june.base_points, june.is_trial) == (13, is_trial)


# Of the two series that the report prints, the months of its year that give a signal.
SIGNALS = {
    ("children_looked_after_uasc", "2020-03-31"): ["2019-12-31"],
    ("children_looked_after_uasc", "2020-04-30"): ["2019-12-31", "2020-03-31", "2020-04-30"],
    ("children_looked_after", "2020-03-31"): ["2019-06-30", "2020-03-31"],
    ("children_looked_after", "2020-04-30"): ["2019-06-30", "2020-03-31", "2020-04-30"],
}


@pytest.mark.parametrize(("measure_id", "as_known"), SIGNALS)
def test_no_other_month_of_the_reports_series_signals(
    demonstration: Any, measure_id: str, as_known: str
) -> None:
    engine = connections.make_engine(connections.role_url("bi_reader", connections.admin_url()))
    with engine.connect() as connection:
        found = connection.scalars(
            text(
                "select period_end from published.kpi_trend_as_known where measure_id = :measure_id "
                "and as_known = cast(:as_known as date) and base_year_start = '2019-04-01' and is_signal "
                "order by period_end"
            ),
            {"measure_id": measure_id, "as_known": as_known},
        ).all()
    engine.dispose()
    assert [str(day) for day in found] == SIGNALS[measure_id, as_known]


def trend_of(measure_id: str, as_known: str, month_end: str) -> Any:
    engine = connections.make_engine(connections.role_url("bi_reader", connections.admin_url()))
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "select * from published.kpi_trend_as_known where measure_id = :measure_id "
                "and as_known = cast(:as_known as date) and period_end = cast(:month_end as date)"
            ),
            {"measure_id": measure_id, "as_known": as_known, "month_end": month_end},
        ).one()
    engine.dispose()
    return found


def test_it_says_how_it_went(demonstration: Any) -> None:
    assert demonstration.succeeded, demonstration.words
    for words in (
        "Night of 2020-03-31",
        "Night of 2020-04-30",
        "53 of 54 figures equal",
        "Of 1 more the reason why not is named",
        "care-reviews url --role bi_reader",
        "annual-report-2019-20.html",
        "board/e10000030/index.html",
        "synthetic",
    ):
        assert words in demonstration.words
    assert "blocked" not in demonstration.words


def test_the_pages_of_its_nights_name_the_council_and_say_that_nobody_in_it_is_real(
    demonstration: Any, server: Any
) -> None:
    for page in ("publication-1/index.html", "publication-2/care.html"):
        assert "(synthetic)" in (server.home / "site" / AUTHORITY.lower() / page).read_text()


def test_both_nights_are_in_the_ledger(demonstration: Any) -> None:
    engine = connections.admin_engine()
    rows = [row for row in ledger.publications(engine) if row.authority_code == AUTHORITY]
    engine.dispose()
    assert [row.as_known for row in rows] == [dt.date(2020, 3, 31), dt.date(2020, 4, 30)]
    assert all("blocked" not in (row.source_gate, row.care_gate, row.marts_gate) for row in rows)


def test_a_second_time_it_starts_from_what_is_there(demonstration: Any, say: Callable[..., Any]) -> None:
    from care_reviews.demonstration import run_demonstration

    again = say(run_demonstration)
    assert again.succeeded
    assert again.words.count("left as it is") == 2
    assert tables_of(again.words) == tables_of(demonstration.words)
    test_both_nights_are_in_the_ledger(demonstration)


def tables_of(words: str) -> str:
    return words[words.index("Month ends") :]


def test_no_secret_is_in_any_log(demonstration: Any, server: Any) -> None:
    secrets = {
        path.name: path.read_text().strip()
        for path in (server.home / "secrets").iterdir()
        if path.suffix == ".password"
    }
    assert {"pipeline.password", "bi_reader.password"} <= set(secrets)
    logs = [path for folder in ("logs", "airflow", "dbt") for path in (server.home / folder).rglob("*")]
    for path in (path for path in logs if path.is_file()):
        words = path.read_text(errors="replace")
        assert not [name for name, secret in secrets.items() if secret in words], path


def test_it_will_not_fill_a_source_that_somebody_configured(
    monkeypatch: pytest.MonkeyPatch, server: Any
) -> None:
    from care_reviews.console import Progress
    from care_reviews.demonstration import run_demonstration
    from care_reviews.errors import ConfigurationError

    monkeypatch.setenv("AIRFLOW_CONN_LCS_SOURCE", "postgres://reader:secret@record-system.invalid/lcs")
    with pytest.raises(ConfigurationError, match="AIRFLOW_CONN_LCS_SOURCE names another database") as caught:
        run_demonstration(Progress())
    assert "secret" not in str(caught.value)


def test_it_publishes_no_synthetic_people_under_a_councils_own_code(
    monkeypatch: pytest.MonkeyPatch, server: Any
) -> None:
    from care_reviews.console import Progress
    from care_reviews.demonstration import run_demonstration
    from care_reviews.errors import ConfigurationError
    from care_reviews.settings import get_settings

    monkeypatch.setenv("CARE_REVIEWS_AUTHORITY_CODE", "E06999009")
    get_settings.cache_clear()
    with pytest.raises(ConfigurationError, match="CARE_REVIEWS_AUTHORITY_CODE is E06999009"):
        run_demonstration(Progress())
    monkeypatch.undo()
    get_settings.cache_clear()
