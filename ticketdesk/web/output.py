"""The last steps of a build: free it from its build address, and compress it."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import brotli

_TEXT = {".js", ".css", ".html", ".svg", ".json", ".txt", ".webmanifest"}
_SMALLEST = 512
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
SHELL = "__spa-fallback.html"
POLICY = "ticketdesk-scripts.json"


def finish(static: Path, *, build_address: str) -> None:
    """Make a fresh build fit to be served.

    Args:
        static: folder of the build.
        build_address: the address that stands in the bundle for the page's own.
    """
    _serve_from_own_address(static, build_address)
    for leftover in ("index.html", "404.html", ".vite"):
        _remove(static / leftover) if leftover != "index.html" else None
    if not (static / SHELL).exists():
        (static / "index.html").rename(static / SHELL)
    (static / POLICY).write_text(json.dumps(_script_hashes(static / SHELL)), encoding="utf-8")
    for path in sorted(static.rglob("*")):
        if path.is_file() and path.suffix in _TEXT and path.stat().st_size >= _SMALLEST:
            _compress(path)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _serve_from_own_address(static: Path, build_address: str) -> None:
    """Let the page reach the server it came from, whatever its host and port."""
    websocket = build_address.replace("http", "ws", 1)
    quoted = re.compile(
        rf"""["'`](?:{re.escape(build_address)}|{re.escape(websocket)})([^"'`]*)["'`]"""
    )
    for path in static.rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        replaced = quoted.sub(r"location.origin+`\1`", text)
        if replaced != text:
            path.write_text(replaced, encoding="utf-8")


def _script_hashes(page: Path) -> list[str]:
    """The content security policy's sources for the inline scripts of `page`."""
    scripts = _INLINE.findall(page.read_text(encoding="utf-8"))
    return sorted(
        {
            f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'"
            for s in scripts
        }
    )


def _compress(path: Path) -> None:
    content = path.read_bytes()
    path.with_name(path.name + ".br").write_bytes(brotli.compress(content, quality=11))
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
