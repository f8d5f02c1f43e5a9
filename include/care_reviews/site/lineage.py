"""The lineage of a build: what each model of the project reads, kept beside the pages under its digest.

dbt leaves one manifest, of its last run. A night's own is known by its digest in the evidence, so what is
drawn of a night is the project that built it, or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from care_reviews.errors import BuildError
from care_reviews.evidence import provenance
from care_reviews.site.facts import Lineage, Model
from care_reviews.site.nights import Decision

SOURCE, STAGING, INTERMEDIATE, MARTS, SEED = "source", "staging", "intermediate", "marts", "seed"
KINDS = {"model", "seed", "source"}
# Sources of other schemas are the night's own notes.
LANDING, PREFIX = "landing", "lcs__"


def lineage_of(decision: Decision, manifest: Path, kept: Path) -> Lineage | None:
    """The lineage of the project that built a night: from dbt's manifest when it is that project's, which is
    then kept in the folder `kept`, else from there; None when neither knows it.
    """
    build = (decision.record.facts.get("build") or {}) if decision.record else {}
    digest = (build.get("models") or {}).get("project")
    if not digest:
        return None
    file = kept / f"{digest}.json"
    if not file.exists() and _digest(manifest) == digest:
        models = models_in(json.loads(manifest.read_text(encoding="utf-8")))
        kept.mkdir(parents=True, exist_ok=True)
        making = file.with_suffix(".making")
        making.write_text(json.dumps([asdict(model) for model in models], indent=1), encoding="utf-8")
        making.rename(file)
    if not file.exists():
        return None
    found = json.loads(file.read_text(encoding="utf-8"))
    return Lineage(
        digest,
        tuple(
            Model(**{**one, "reads": tuple(one["reads"]), "read_by": tuple(one["read_by"])}) for one in found
        ),
    )


def models_in(manifest: Mapping[str, Any]) -> tuple[Model, ...]:
    """Sources, seeds and models of a manifest, by layer and name."""
    nodes = {
        key: node
        for key, node in (manifest["nodes"] | manifest["sources"]).items()
        if node["resource_type"] in KINDS
        and node["package_name"] == provenance.PROJECT
        and node.get("source_name", LANDING) == LANDING
    }
    reads = {
        key: sorted(one for one in node.get("depends_on", {}).get("nodes", ()) if one in nodes)
        for key, node in nodes.items()
    }
    models = [
        Model(
            name=_name(node),
            layer=_layer(node),
            group=node["fqn"][-2] if len(node["fqn"]) > 2 else "",
            description=" ".join((node.get("description") or "").split()),
            reads=tuple(_name(nodes[one]) for one in reads[key]),
            read_by=tuple(sorted(_name(nodes[other]) for other in nodes if key in reads[other])),
        )
        for key, node in nodes.items()
    ]
    return tuple(sorted(models, key=lambda model: (model.layer, model.group, model.name)))


def rests_on(lineage: Lineage, name: str) -> tuple[Model, ...]:
    """All that a model is made of, however far away."""
    by_name = {model.name: model for model in lineage.models}
    found: dict[str, Model] = {}
    ahead = list(by_name[name].reads)
    while ahead:
        model = by_name[ahead.pop()]
        if model.name not in found:
            found[model.name] = model
            ahead += model.reads
    return tuple(sorted(found.values(), key=lambda model: (model.layer, model.name)))


def rests_on_sources(lineage: Lineage) -> dict[str, frozenset[str]]:
    """Published table → the source tables that it rests on."""
    return {
        model.name: frozenset(one.name for one in rests_on(lineage, model.name) if one.layer == SOURCE)
        for model in lineage.of(MARTS)
    }


def _name(node: Mapping[str, Any]) -> str:
    """A source table by its name in the record system, as everywhere on the pages."""
    name = str(node["name"])
    return name.removeprefix(PREFIX) if node["resource_type"] == SOURCE else name


def _layer(node: Mapping[str, Any]) -> str:
    if node["resource_type"] in (SOURCE, SEED):
        return str(node["resource_type"])
    return next((layer for layer in (STAGING, INTERMEDIATE, MARTS) if layer in node["fqn"]), INTERMEDIATE)


def _digest(manifest: Path) -> str | None:
    try:
        return provenance.models(manifest)["project"]
    except BuildError:
        return None
