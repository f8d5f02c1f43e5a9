"""Reading the contracts of marts: what is read, and what is refused with its reason."""

from __future__ import annotations

import pytest
import yaml

from care_reviews.errors import ConfigurationError
from care_reviews.marts import MartColumn, read_marts


def contract(**changes) -> dict:
    return {
        "name": "fct_visit",
        "description": "One row\na visit.",
        "config": {
            "meta": {
                "publish": "analysis",
                "pseudonyms": {"child_id": "child"},
                "key": ["authority_code", "child_id"],
            }
        },
        "columns": [
            {"name": "authority_code", "data_type": "text", "description": "{{ doc('authority_code') }}"},
            {"name": "child_id", "data_type": "bigint", "description": "The child. {{ doc('child_id') }}"},
            {"name": "share", "data_type": "NUMERIC(9,4)"},
            {"name": "as_known", "data_type": "date", "description": "The night."},
        ],
    } | changes


@pytest.fixture
def read(tmp_path):
    folder = tmp_path / "models" / "marts"
    folder.mkdir(parents=True)
    (folder / "words.md").write_text(
        "{% docs authority_code %}\nCode of the\ncouncil.\n{% enddocs %}"
        "\n{% docs child_id %}Keyed.{% enddocs %}"
    )

    def read(*models):
        (folder / "some.yml").write_text(yaml.safe_dump({"models": list(models)}))
        return read_marts(folder)

    return read


def test_a_contract_is_read_whole(read):
    (mart,) = read(contract())
    assert (mart.view, mart.history) == ("analysis.fct_visit", "analysis.fct_visit_history")
    assert mart.description == "One row a visit."
    assert mart.columns[:2] == (
        MartColumn("authority_code", "text", "Code of the council."),
        MartColumn("child_id", "bigint", "The child. Keyed."),
    )
    assert mart.key == ("authority_code", "child_id")


def test_history_keeps_pseudonyms_as_text_and_leaves_the_night_to_the_ledger(read):
    (mart,) = read(contract())
    assert [(column.name, column.data_type) for column in mart.content] == [
        ("authority_code", "text"),
        ("child_id", "text"),
        ("share", "numeric(9,4)"),
    ]


def test_a_model_that_says_not_where_it_is_published_is_no_mart(read):
    assert read(contract(config={"meta": {"owner": "us"}}), contract(config={}), contract(config=None)) == ()


def test_a_file_without_models_is_no_fault(read, tmp_path):
    (tmp_path / "models" / "marts" / "empty.yml").write_text("")
    assert len(read(contract())) == 1


def meta(**changes) -> dict:
    return {"config": {"meta": contract()["config"]["meta"] | changes}}


def columns(*added, without: str | None = None) -> dict:
    kept = [column for column in contract()["columns"] if column["name"] != without]
    return {"columns": kept + [{"name": name, "data_type": data_type} for name, data_type in added]}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": "FctVisit"}, "lower case"),
        ({"name": "a" * 49}, "at most 48"),
        (meta(publish="public"), "publish is public"),
        (meta(publish="published"), "belong in schema analysis"),
        (meta(key=[]), "key is missing"),
        (meta(key=["nothing"]), "key is missing or names a column that is not there"),
        (meta(pseudonyms={"nothing": "child"}), "pseudonyms names a column"),
        (meta(pseudonyms={"child_id": "ch'ild"}), "kind of identifier"),
        (columns(without="authority_code"), "no column authority_code"),
        (columns(("share", "text")), "stands twice"),
        (columns(("known_from", "bigint")), "reserved name"),
        (columns(("Share", "text")), "column Share text has no plain name and type"),
        (columns(("more", "text); drop table x")), "no plain name and type"),
        (columns(("more", "")), "no plain name and type"),
    ],
)
def test_a_contract_that_cannot_be_deployed_is_refused(read, changes, fault):
    with pytest.raises(ConfigurationError, match=fault):
        read(contract(**changes))


def test_the_longest_name_is_accepted(read):
    assert len(read(contract(name="a" * 48))) == 1
