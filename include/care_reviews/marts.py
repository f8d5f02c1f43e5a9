"""The marts as their dbt contracts describe them: deploy makes their tables and views, publish fills them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from care_reviews.errors import ConfigurationError
from care_reviews.settings import PROJECT_ROOT

CONTRACTS = PROJECT_ROOT / "dbt_project" / "models" / "marts"
SCHEMAS = ("published", "analysis")
# What a version and its publication add to a mart's own columns.
RESERVED = {"publication_id", "row_hash", "occurrence", "known_from", "known_to"}

_NAME = re.compile(r"[a-z][a-z0-9_]{0,47}")
_TYPE = re.compile(r"[a-z][a-z ]*(\(\d+(, ?\d+)?\))?")
_DOC = re.compile(r"""\{\{\s*doc\(\s*['"](\w+)['"]\s*\)\s*\}\}""")
_DOCS_BLOCK = re.compile(r"\{%-?\s*docs\s+(\w+)\s*-?%\}(.*?)\{%-?\s*enddocs\s*-?%\}", re.DOTALL)


@dataclass(frozen=True)
class MartColumn:
    """A column of a contract; `data_type` as PostgreSQL writes it."""

    name: str
    data_type: str
    description: str


@dataclass(frozen=True)
class Mart:
    """A mart to publish. `key`: columns of its grain. `pseudonyms`: identifier column → kind of
    identifier.
    """

    name: str
    schema: str
    description: str
    columns: tuple[MartColumn, ...]
    key: tuple[str, ...]
    pseudonyms: dict[str, str] = field(default_factory=dict)

    @property
    def view(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def history(self) -> str:
        return f"{self.schema}.{self.name}_history"

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def content(self) -> tuple[MartColumn, ...]:
        """The columns that history keeps: all but `as_known`, which the ledger knows; pseudonyms are text."""
        return tuple(
            MartColumn(
                column.name,
                "text" if column.name in self.pseudonyms else column.data_type,
                column.description,
            )
            for column in self.columns
            if column.name != "as_known"
        )


def read_marts(folder: Path = CONTRACTS) -> tuple[Mart, ...]:
    """The marts whose contract says where they are published, by name.

    Raises ConfigurationError that names the contract and what is wrong in it.
    """
    words = _docs_blocks(folder.parent.parent)
    marts = [
        _mart(model, words)
        for path in sorted(folder.rglob("*.yml"))
        for model in (yaml.safe_load(path.read_text()) or {}).get("models", [])
        if "publish" in _meta(model)
    ]
    return tuple(sorted(marts, key=lambda mart: mart.name))


def _mart(model: dict, words: dict[str, str]) -> Mart:  # type: ignore[type-arg]
    meta = _meta(model)
    mart = Mart(
        name=str(model["name"]),
        schema=str(meta["publish"]),
        description=_words(model.get("description"), words),
        columns=tuple(
            MartColumn(
                str(column["name"]),
                str(column.get("data_type", "")).lower(),
                _words(column.get("description"), words),
            )
            for column in model.get("columns", [])
        ),
        key=tuple(meta.get("key", ())),
        pseudonyms=dict(meta.get("pseudonyms") or {}),
    )
    if faults := _faults(mart):
        raise ConfigurationError(f"the contract of mart {mart.name} cannot be deployed: {'; '.join(faults)}")
    return mart


def _faults(mart: Mart) -> list[str]:
    names = mart.column_names
    checks = {
        "a mart's name is lower case and at most 48 characters long": not _NAME.fullmatch(mart.name),
        f"publish is {mart.schema}, not one of {', '.join(SCHEMAS)}": mart.schema not in SCHEMAS,
        "it has no column authority_code": "authority_code" not in names,
        "key is missing or names a column that is not there": not mart.key or not {*mart.key} <= {*names},
        "pseudonyms names a column that is not there": not {*mart.pseudonyms} <= {*names},
        "a kind of identifier is no plain word": not all(map(_NAME.fullmatch, mart.pseudonyms.values())),
        "a column stands twice": len({*names}) < len(names),
        f"a column has a reserved name ({', '.join(sorted(RESERVED))})": bool(RESERVED & {*names}),
        "identifiers under a pseudonym belong in schema analysis": bool(mart.pseudonyms)
        and mart.schema != "analysis",
    }
    wrong = [f"column {c.name} {c.data_type}" for c in mart.columns if not _plain(c)]
    return [fault for fault, there in checks.items() if there] + [
        f"{words} has no plain name and type" for words in wrong
    ]


def _plain(column: MartColumn) -> bool:
    return bool(_NAME.fullmatch(column.name) and _TYPE.fullmatch(column.data_type))


def _meta(model: dict) -> dict:  # type: ignore[type-arg]
    return (model.get("config") or {}).get("meta") or model.get("meta") or {}


def _docs_blocks(project: Path) -> dict[str, str]:
    return {
        name: text
        for path in sorted(project.rglob("*.md"))
        if not {"target", "dbt_packages"} & {*path.relative_to(project).parts}
        for name, text in _DOCS_BLOCK.findall(path.read_text())
    }


def _words(description: str | None, words: dict[str, str]) -> str:
    """A description on one line, its `{{ doc(…) }}` references written out."""
    return " ".join(_DOC.sub(lambda match: words.get(match[1], ""), description or "").split())
