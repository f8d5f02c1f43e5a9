"""Folders of pages that are whole or not there, and stay as they are when nothing changed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write(folder: Path, files: Mapping[str, bytes], aside: Path | None = None) -> bool:
    """Put a folder with just these files in place of what is there; says whether anything differed. What was
    there goes, or is moved to `aside`.

    It is made beside and renamed, so that nobody sees half of it.
    """
    if folder.is_dir() and {path.name: path.read_bytes() for path in folder.iterdir()} == dict(files):
        return False
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        making.chmod(0o755)
        (made := making / "new").mkdir()
        for name, content in files.items():
            (made / name).write_bytes(content)
        if folder.exists():
            folder.rename(aside or making / "old")
        made.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return True


def write_file(file: Path, content: bytes) -> None:
    """Put a file in place of what is there, whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    making = file.with_name(f".{file.name}.making")
    making.write_bytes(content)
    making.replace(file)
