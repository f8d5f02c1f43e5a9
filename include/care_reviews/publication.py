"""Publish: the candidate marts become what readers see, all of them or none, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Row, text

from care_reviews import pseudonyms, versions
from care_reviews.candidates import AUTHORITY, digest, make_pseudonyms, staged
from care_reviews.candidates import candidate as candidate_of
from care_reviews.connections import warehouse_engine
from care_reviews.errors import BuildError, ConfigurationError, GateBlockedError, NightRefusedError
from care_reviews.evidence import records
from care_reviews.evidence.digests import Digest
from care_reviews.evidence.head_file import write_heads
from care_reviews.ledger import current
from care_reviews.lock import Extract, authority_lock, current_extract
from care_reviews.marts import Mart, read_marts
from care_reviews.night import Night
from care_reviews.release import Release
from care_reviews.settings import code_version
from care_reviews.validation.verdict import GATES
from care_reviews.warehouse.catalogue import columns, quote, run
from care_reviews.warehouse.grants import candidate_schema

__all__ = ["Published", "current", "publish"]

_LEDGER_ROW = text(
    "insert into published.publication (authority_code, as_known, run_id, extract_id, code_version, "
    "dbt_invocation_id, source_gate, care_gate, marts_gate, expectations_passed, expectations_warned, "
    "expectations_stopped, return_name, released_by, released_at, release_comment) values (:authority_code, "
    ":as_known, :run_id, :extract_id, :code_version, :dbt_invocation_id, :source_gate, :care_gate, "
    ":marts_gate, :passed, :warned, :stopped, :return_name, :by, :at, :comment) returning publication_id"
)
# Without a target of the conflict: the pipeline may add here and not read.
_KEEP_FOR_LOOKUPS = text(
    "insert into lookup.identifier (pseudonym, authority_code, kind, identifier) "
    "select pseudonym, :authority_code, kind, identifier from pg_temp.pseudonym on conflict do nothing"
)
_ITSELF = Release()


@dataclass(frozen=True)
class Published:
    """A publication, and what it brought: rows new, closed and unchanged of each mart (by its view's
    name).
    """

    publication_id: int
    marts: dict[str, versions.Merge]


def publish(
    night: Night,
    engine: Engine | None = None,
    marts: tuple[Mart, ...] | None = None,
    release: Release = _ITSELF,
) -> Published:
    """Publish what the night built, as `release` let it out. Publishing the same build again leaves the
    publication that it made.

    Raises NightRefusedError when the night is not the current one or a step before is missing,
    GateBlockedError when a gate said stop, ConfigurationError when the warehouse needs a deployment,
    BuildError when a mart is not as its contract says. Nothing is published then, and readers go on seeing
    the last publication.
    """
    contracts = read_marts() if marts is None else marts
    engine = engine or warehouse_engine()
    with (
        engine.connect() as connection,
        authority_lock(connection, night.authority_code),
        connection.begin(),
    ):
        run(connection, "set local lock_timeout = '30s'")
        extract = _built(connection, night)
        gates = _verdicts(connection, extract)
        before = _published_before(connection, extract)
        if before is not None:
            return Published(before, {mart.view: versions.Merge(0, 0, 0) for mart in contracts})
        schema = candidate_schema(night.authority_code)
        _hold(connection, schema, contracts)
        key = pseudonyms.key_of(connection)
        publication_id = _ledger_row(connection, night, extract, gates, release)
        make_pseudonyms(connection, schema, night.authority_code, contracts, key)
        connection.execute(_KEEP_FOR_LOOKUPS, {"authority_code": night.authority_code})
        merged = {mart.view: _merge(connection, night, mart, publication_id) for mart in contracts}
        _record(connection, extract, publication_id, merged)
    write_heads(engine)
    return Published(publication_id, {view: merge for view, (merge, _) in merged.items()})


def refuse(night: Night, engine: Engine, release: Release) -> None:
    """Record that a person refused the return that the night built: nothing is published.

    Raises NightRefusedError when the night is not the current one or a step before is missing.
    """
    with (
        engine.connect() as connection,
        authority_lock(connection, night.authority_code),
        connection.begin(),
    ):
        records.refused(connection, _built(connection, night), release)
    write_heads(engine)


def _built(connection: Connection, night: Night) -> Extract:
    extract = current_extract(connection, night)
    if extract.status != "landed":
        raise NightRefusedError(
            f"the night of {night.as_known} has not landed: run land, build and validate first"
        )
    if extract.dbt_invocation_id is None:
        raise NightRefusedError(f"the night of {night.as_known} was not built: run build and validate first")
    return extract


def _verdicts(connection: Connection, extract: Extract) -> dict[str, Row]:  # type: ignore[type-arg]
    """The newest verdict of each gate on this build of the extract; all must be there and none say stop."""
    rows = connection.execute(records.NEWEST_GATES, {"extract_id": extract.extract_id})
    gates = {row.gate: row for row in rows}
    for gate in GATES:
        if gate not in gates:
            raise NightRefusedError(
                f"the {gate} gate has not judged the night of {extract.as_known}: run validate first"
            )
        if gates[gate].dbt_invocation_id != extract.dbt_invocation_id:
            raise NightRefusedError(
                f"the night of {extract.as_known} was built again since the {gate} gate judged it: run "
                "validate first"
            )
        if gates[gate].verdict == "blocked":
            raise GateBlockedError(
                f"the {gate} gate blocked the night of {extract.as_known} ({gates[gate].stopped} "
                "expectations say stop): nothing was published, the last publication stands"
            )
    return gates


def _published_before(connection: Connection, extract: Extract) -> int | None:
    """The publication that this very build has already made, when it stands."""
    row = connection.execute(
        text(
            "select publication_id, withdrawn_at from published.publication where extract_id = :extract_id "
            "and dbt_invocation_id = :dbt_invocation_id order by publication_id desc limit 1"
        ),
        {"extract_id": extract.extract_id, "dbt_invocation_id": extract.dbt_invocation_id},
    ).one_or_none()
    if row is not None and row.withdrawn_at is not None:
        raise NightRefusedError(
            f"this build was published as {row.publication_id} and withdrawn: run the night again to publish "
            "it anew"
        )
    return None if row is None else int(row.publication_id)


def _hold(connection: Connection, schema: str, marts: tuple[Mart, ...]) -> None:
    """Hold the candidates still until the end, and hold them and the histories against the contracts."""
    if not marts:
        raise ConfigurationError("no mart has a contract that says where it is published")
    for mart in marts:
        candidate = candidate_of(schema, mart)
        if missing := {column.name for column in mart.content} - set(columns(connection, mart.history)):
            raise ConfigurationError(
                f"{mart.history} lacks {', '.join(sorted(missing))}: run `care-reviews deploy`, then publish "
                "again"
            )
        if missing := set(mart.column_names) - set(columns(connection, candidate)):
            raise BuildError(f"{candidate} lacks {', '.join(sorted(missing))}: build the night again")
        run(connection, f"lock table {candidate} in share mode")


def _check_rows(connection: Connection, night: Night, mart: Mart, rows: str, candidate: str) -> None:
    """Hold the `rows` of a candidate against the mart's contract. Raises BuildError."""
    key = ", ".join(quote(column) for column in mart.key)
    foreign, repeated = connection.execute(
        text(
            f"select count(*) filter (where authority_code is distinct from :authority_code), "
            f"count(*) - count(distinct ({key})) from {rows}"
        ),
        {"authority_code": night.authority_code},
    ).one()
    if foreign:
        raise BuildError(f"{candidate} has {foreign} rows of another authority: nothing was published")
    if repeated:
        raise BuildError(
            f"{candidate} has {repeated} rows too many for its key ({key}): nothing was published"
        )


def _ledger_row(
    connection: Connection,
    night: Night,
    extract: Extract,
    gates: dict[str, Row],  # type: ignore[type-arg]
    release: Release,
) -> int:
    counts = {
        name: sum(getattr(row, name) for row in gates.values()) for name in ("passed", "warned", "stopped")
    }
    return int(
        connection.execute(
            _LEDGER_ROW,
            {
                "authority_code": night.authority_code,
                "as_known": night.as_known,
                "run_id": night.run_id,
                "extract_id": extract.extract_id,
                "code_version": code_version(),
                "dbt_invocation_id": extract.dbt_invocation_id,
                "source_gate": gates["source"].verdict,
                "care_gate": gates["care"].verdict,
                "marts_gate": gates["marts"].verdict,
                **counts,
                **vars(release),
            },
        ).scalar_one()
    )


def _merge(
    connection: Connection, night: Night, mart: Mart, publication_id: int
) -> tuple[versions.Merge, Digest]:
    schema = candidate_schema(night.authority_code)
    with staged(connection, schema, mart) as rows:
        _check_rows(connection, night, mart, rows, candidate_of(schema, mart))
        merge = versions.merge(
            connection,
            target=mart.history,
            staged=rows,
            columns=[column.name for column in mart.content if column.name != AUTHORITY],
            where={AUTHORITY: night.authority_code},
            new_id=publication_id,
        )
        return merge, digest(connection, rows, mart)


def _record(
    connection: Connection,
    extract: Extract,
    publication_id: int,
    merged: dict[str, tuple[versions.Merge, Digest]],
) -> None:
    digests = {view: sha256 for view, (_, sha256) in merged.items()}
    records.published(connection, extract, publication_id, digests)
