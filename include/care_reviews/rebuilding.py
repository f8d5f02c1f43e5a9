"""Build a publication again from what was known then, into a scratch schema, and compare the digests."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, text

from care_reviews import candidates, dbt, pseudonyms
from care_reviews.building import variables
from care_reviews.differences import differing_keys
from care_reviews.disclosure import suppress
from care_reviews.errors import RebuildRefusedError
from care_reviews.evidence import chain, provenance
from care_reviews.evidence.digests import Digest
from care_reviews.lock import scratch_lock
from care_reviews.marts import Mart, read_marts
from care_reviews.settings import code_version, get_settings
from care_reviews.warehouse.catalogue import quote, run
from care_reviews.warehouse.grants import scratch_schema

LEFT = text(
    "select relname, relkind from pg_class where relnamespace = to_regnamespace(:schema) "
    "and relkind in ('r', 'v') order by relkind desc, relname"
)


@dataclass(frozen=True)
class RebuiltMart:
    """A mart then (by the evidence) and now; `differing`: keys of the first rows that differ, no values."""

    view: str
    then: Digest
    now: Digest
    differing: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return self.then == self.now


@dataclass(frozen=True)
class Rebuilt:
    """A publication that was built again. `missing`: marts that this version of the code does not build;
    `notes`: what may explain a difference.
    """

    publication_id: int
    marts: tuple[RebuiltMart, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return not self.missing and all(mart.is_same for mart in self.marts)


def rebuild(
    engine: Engine,
    publication_id: int,
    with_this_version: bool = False,
    tell: Callable[[str], None] = lambda words: None,
) -> Rebuilt:
    """Build a publication again and compare each mart. `tell` is told what is under way. Leaves nothing.

    Raises RebuildRefusedError when there is no evidence of how it was built, or another version of the code
    built it and it is not said that this one may; WarehouseBusyError while another is built again.
    """
    with engine.connect() as connection:
        with connection.begin():
            record = _evidence(connection, publication_id)
        _check_version(publication_id, record["build"]["code"]["version"], with_this_version)
        authority_code = record["authority_code"]
        schema = scratch_schema(authority_code)
        work_dir = get_settings().home / "dbt" / schema
        with scratch_lock(connection, authority_code):
            try:
                _clear(connection, schema)
                models = _build(connection, engine, record, schema, tell)
                tell("comparing")
                with connection.begin():
                    marts = _compare(connection, record, schema)
            finally:
                _clear(connection, schema)
                shutil.rmtree(work_dir, ignore_errors=True)
    missing = tuple(sorted(record["marts"].keys() - {mart.view for mart in marts}))
    return Rebuilt(publication_id, marts, missing, tuple(_notes(record, models)))


def _evidence(connection: Connection, publication_id: int) -> dict[str, Any]:
    link = chain.find(connection, "published", publication_id=publication_id)
    if link is None or not link.record["build"]:
        raise RebuildRefusedError(
            f"there is no evidence of how publication {publication_id} was built: it is older than the "
            "evidence, or there is no such publication (see `care-reviews publications`)"
        )
    if link.hash != chain.hash_of(link.previous_hash, link.record):
        raise RebuildRefusedError(
            f"the evidence of publication {publication_id} was changed: see `care-reviews audit verify`"
        )
    return link.record


def _check_version(publication_id: int, version: str, with_this_version: bool) -> None:
    if version == code_version() or with_this_version:
        return
    commit = version.partition("+")[0]
    raise RebuildRefusedError(
        f"publication {publication_id} was built by version {version}, and this is {code_version()}. "
        "To build it by that one, check it out beside this one "
        f"(`git worktree add ../care-reviews-{commit} {commit}`), run `make install` there, and there this "
        "command with the same connection and CARE_REVIEWS_HOME. With --with-this-version it is built by "
        "this one: what differs may then be the code's doing"
    )


def _build(
    connection: Connection, engine: Engine, record: dict[str, Any], schema: str, tell: Callable[[str], None]
) -> dict[str, str]:
    build, authority_code = record["build"], record["authority_code"]
    as_known = dt.date.fromisoformat(record["as_known"])
    given = variables(authority_code, as_known, record["extract_id"], build["settings"])
    work_dir = get_settings().home / "dbt" / schema
    dbt.build(
        engine.url,
        schema,
        given,
        work_dir,
        on_line=lambda words: tell(f"building: {words}"),
        tests=False,
    )
    tell("hiding small numbers")
    with connection.begin():
        suppress(connection, authority_code, schema, build["compared_with"])
    return provenance.models(dbt.manifest(work_dir))


def _compare(connection: Connection, record: dict[str, Any], schema: str) -> tuple[RebuiltMart, ...]:
    contracts = {mart.view: mart for mart in read_marts()}
    built = tuple(contracts[view] for view in sorted(record["marts"]) if view in contracts)
    key = pseudonyms.key_of(connection)
    candidates.make_pseudonyms(connection, schema, record["authority_code"], built, key)
    return tuple(_mart(connection, record, schema, mart) for mart in built)


def _mart(connection: Connection, record: dict[str, Any], schema: str, mart: Mart) -> RebuiltMart:
    said = record["marts"][mart.view]
    then = Digest(said["rows"], said["sha256"])
    with candidates.staged(connection, schema, mart) as rows:
        now = candidates.digest(connection, rows, mart)
        differing: tuple[str, ...] = ()
        if then != now:
            differing = differing_keys(
                connection, mart, rows, record["authority_code"], record["publication_id"]
            )
    return RebuiltMart(mart.view, then, now, differing)


def _notes(record: dict[str, Any], models: dict[str, str]) -> list[str]:
    build, notes = record["build"], []
    if "+" in build["code"]["version"]:
        notes.append("It was built by code with changes that no version holds.")
    if models["project"] != build["models"]["project"]:
        kinds = sorted(kind for kind in models if models[kind] != build["models"].get(kind))
        notes.append(f"dbt's project is another one than then: {', '.join(kinds)}.")
    if provenance.code()["lock_sha256"] != build["code"]["lock_sha256"]:
        notes.append("The packages are others than then: requirements.lock differs.")
    return notes


def _clear(connection: Connection, schema: str) -> None:
    """Drop everything in the scratch schema, also what a killed run left there."""
    if connection.in_transaction():
        connection.rollback()
    with connection.begin():
        for row in connection.execute(LEFT, {"schema": schema}).all():
            what = "view" if row.relkind == "v" else "table"
            run(connection, f"drop {what} if exists {schema}.{quote(row.relname)} cascade")
