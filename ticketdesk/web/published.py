"""Finished builds, each in a folder of its own, so that a new one never pulls files from under a
running desk and is there as a whole or not at all."""

import json
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".web" / "published"
_CURRENT = FOLDER / "current"
_NOTE = "ticketdesk-build.json"
_KEPT = 5
"""Older builds that stay for desks started with them."""


def current() -> Path:
    """Return the folder of the newest build.

    Raises:
        FileNotFoundError: nothing has been built yet; `ticketdesk build` does.
    """
    folder = FOLDER / _CURRENT.read_text(encoding="ascii")
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    return folder


def inputs() -> str:
    """Return the digest of the inputs of the newest build; "" where there is none."""
    try:
        return str(json.loads((current() / _NOTE).read_text(encoding="utf-8"))["inputs"])
    except (FileNotFoundError, ValueError, KeyError):
        return ""


def publish(fresh: Path, inputs_digest: str) -> Path:
    """Make a finished build the newest one and return its folder.

    Args:
        fresh: the folder it was made in; it moves.
        inputs_digest: what it was made from.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    (fresh / _NOTE).write_text(json.dumps({"inputs": inputs_digest}), encoding="utf-8")
    folder = Path(tempfile.mkdtemp(prefix=f"{inputs_digest[:12]}-", dir=FOLDER))
    folder.chmod(0o755)
    fresh.replace(folder)
    pointer = _CURRENT.with_suffix(".new")
    pointer.write_text(folder.name, encoding="ascii")
    pointer.replace(_CURRENT)
    _forget_old()
    return folder


def _forget_old() -> None:
    builds = sorted(
        (path for path in FOLDER.iterdir() if path.is_dir()), key=os.path.getmtime, reverse=True
    )
    for path in builds[_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
