"""The evidence on the command line: verify it, print its head, build a publication again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from care_reviews.cli.publications import Warehouse

app = typer.Typer(no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the command that belongs to no group to the application."""
    app.command("rebuild")(rebuild)


@app.command()
def head(warehouse_url: Warehouse = None) -> None:
    """Print the chain's head, a line to keep elsewhere: number and hash of the last record, and when."""
    from care_reviews.connections import warehouse_engine
    from care_reviews.database_errors import in_words
    from care_reviews.evidence import chain, head_file

    engine = warehouse_engine(warehouse_url)
    with in_words(engine, "reading the evidence"), engine.connect() as connection:
        link = chain.head(connection)
    typer.echo("There is no evidence yet." if link is None else head_file.line_of(link))


@app.command()
def verify(
    heads: Annotated[
        Path | None,
        typer.Option("--head", help="A file of heads that was kept elsewhere, as `audit head` prints them."),
    ] = None,
    without_contents: Annotated[
        bool, typer.Option("--without-contents", help="Only chain and ledger: no row is digested anew.")
    ] = False,
    warehouse_url: Warehouse = None,
) -> None:
    """Check the evidence: the chain, the ledger against it, and every row that its digests speak of.

    The role auditor may do all of it. Ends with status 1 at the first thing that is not as it should be.
    """
    from care_reviews.connections import warehouse_engine
    from care_reviews.console import Progress
    from care_reviews.database_errors import in_words
    from care_reviews.evidence.verify import verify
    from care_reviews.settings import get_settings

    settings = get_settings()
    engine = warehouse_engine(warehouse_url)
    with in_words(engine, "verifying the evidence"), Progress().moving() as progress:
        found = verify(engine, heads, not without_contents, settings.reports, settings.site, progress.now)
    typer.echo(
        f"The evidence is whole: {found.records:,} records, {found.publications:,} publications, "
        f"{found.extracts:,} landed nights."
    )
    if found.rows is None:
        typer.echo("Contents were not checked, as asked: chain and ledger alone were.")
    else:
        typer.echo(f"Contents: {found.rows:,} rows digested anew, all as they were.")
        for code in found.judged_since:
            typer.echo(f"Findings of {code}: judged since, and vouched for by the next decision.")
        typer.echo(_files("Report packs", found.packs))
        typer.echo(_files("Nights' pages", found.pages))
    if found.older or found.older_extracts:
        typer.echo(
            f"Older than the chain, so that no record vouches for them: {found.older:,} publications, "
            f"{found.older_extracts:,} landed nights."
        )
    if heads is None:
        typer.echo("No head kept elsewhere was given (--head): a chain that was rewritten whole is not seen.")
    else:
        typer.echo(f"Heads kept elsewhere: {found.heads:,}, all in the chain.")
    typer.echo(f"Head: record {found.records} {found.head}")


def _files(what: str, found: tuple[int, int] | None) -> str:
    if found is None:
        return f"{what}: none are kept here, so none was checked."
    whole, unknown = found
    told = f" No record tells of {unknown:,} more." if unknown else ""
    return f"{what}: {whole:,}, all as they were made.{told}"


def rebuild(
    publication_id: Annotated[
        int, typer.Argument(help="The publication, as `care-reviews publications` lists it.")
    ],
    with_this_version: Annotated[
        bool,
        typer.Option("--with-this-version", help="Also when another version of the code built it."),
    ] = False,
    warehouse_url: Warehouse = None,
) -> None:
    """Build a publication again from what was known then, and compare it digest by digest.

    Nothing of it stays. Ends with status 1 when a mart differs.
    """
    from care_reviews.connections import warehouse_engine
    from care_reviews.console import Progress, table
    from care_reviews.database_errors import in_words
    from care_reviews.rebuilding import rebuild

    engine = warehouse_engine(warehouse_url)
    progress = Progress()
    with in_words(engine, "building again"), progress.moving():
        rebuilt = rebuild(engine, publication_id, with_this_version, progress.now)
    shown = table(
        f"Publication {publication_id}, built again", ["mart", "outcome"], ["rows then", "rows now"]
    )
    for mart in rebuilt.marts:
        outcome = "the same" if mart.is_same else "DIFFERS"
        shown.add_row(mart.view, outcome, f"{mart.then.rows:,}", f"{mart.now.rows:,}")
    progress.console.print(shown)
    for view in rebuilt.missing:
        progress.line(f"{view} is not compared: this version of the code does not build it")
    for words in rebuilt.notes:
        progress.line(words)
    for mart in rebuilt.marts:
        for key in mart.differing:
            progress.line(f"{mart.view} differs at {key}")
    if not rebuilt.is_same:
        raise typer.Exit(1)
    progress.line(f"Publication {publication_id} comes out the same.")
