"""The lineage of a project: what reads what, and whose night it may be shown on."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from care_reviews.evidence import provenance
from care_reviews.site.facts import Record
from care_reviews.site.lineage import lineage_of, models_in, rests_on, rests_on_sources
from care_reviews.site.nights import Decision


def node(kind: str, name: str, folder: str = "", *reads: str, **more: Any) -> dict[str, Any]:
    return {
        "resource_type": kind,
        "name": name,
        "package_name": provenance.PROJECT,
        "fqn": [provenance.PROJECT, *filter(None, [folder]), name],
        "description": f"About\n  {name}.",
        "depends_on": {"nodes": list(reads)},
        "checksum": {"checksum": name},
        **more,
    }


MANIFEST: dict[str, Any] = {
    "sources": {
        "source.people": node("source", "lcs__dim_person", "staging", source_name="landing"),
        "source.notes": node("source", "extract", "staging", source_name="audit"),
    },
    "nodes": {
        "seed.targets": node("seed", "targets"),
        "model.staged": node("model", "stg_lcs__dim_person", "staging", "source.people", "source.notes"),
        "model.people": node("model", "int_people", "intermediate", "model.staged"),
        "model.children": node("model", "dim_child", "marts", "model.people", "seed.targets"),
        "test.children": node("test", "never_null", "", "model.children"),
        "model.foreign": node("model", "foreign", "marts") | {"package_name": "dbt"},
    },
    "macros": {},
}


def decision(digest: str | None) -> Decision:
    build = {"models": {"project": digest}} if digest else None
    record = Record(2, {"build": build}, "0" * 64, "1" * 64)
    return Decision("E1", 1, 1, dt.datetime(2020, 4, 1, tzinfo=dt.UTC), {}, None, record)


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST))
    return path


def test_what_reads_what() -> None:
    models = {model.name: model for model in models_in(MANIFEST)}
    assert {name: model.layer for name, model in models.items()} == {
        "dim_person": "source",
        "stg_lcs__dim_person": "staging",
        "int_people": "intermediate",
        "dim_child": "marts",
        "targets": "seed",
    }
    assert models["dim_child"].reads == ("int_people", "targets")
    assert models["dim_person"].read_by == ("stg_lcs__dim_person",)
    assert models["dim_child"].description == "About dim_child."


def test_what_a_table_rests_on(manifest: Path, tmp_path: Path) -> None:
    digest = provenance.models(manifest)["project"]
    lineage = lineage_of(decision(digest), manifest, tmp_path / "kept")
    assert lineage
    assert {model.name for model in rests_on(lineage, "dim_child")} == {
        "int_people",
        "targets",
        "dim_person",
        "stg_lcs__dim_person",
    }
    assert rests_on(lineage, "dim_person") == ()
    assert rests_on_sources(lineage) == {"dim_child": {"dim_person"}}


def test_it_is_kept_under_its_digest_for_when_the_manifest_is_another(manifest: Path, tmp_path: Path) -> None:
    digest = provenance.models(manifest)["project"]
    first = lineage_of(decision(digest), manifest, tmp_path / "kept")
    manifest.write_text(json.dumps(MANIFEST | {"nodes": {}}))
    assert lineage_of(decision(digest), manifest, tmp_path / "kept") == first
    manifest.unlink()
    assert lineage_of(decision(digest), manifest, tmp_path / "kept") == first


@pytest.mark.parametrize("digest", [None, "f" * 64])
def test_another_projects_lineage_is_not_shown(digest: str | None, manifest: Path, tmp_path: Path) -> None:
    assert lineage_of(decision(digest), manifest, tmp_path / "kept") is None
    assert not (tmp_path / "kept").exists()
