"""Our own React modules and stylesheet, handed to Reflex's build."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reflex_base.plugins import Plugin

from ticketdesk.components.design import stylesheet
from ticketdesk.components.words import javascript

MODULES = "ticketdesk"
"""Folder of the web build that holds our modules; imported as `$/ticketdesk/<name>`."""


@dataclass
class FrontendPlugin(Plugin):
    """Copies every `.jsx` beside the Python that wraps it, and writes the tokens as CSS.

    Args:
        source: folder searched for modules (`.jsx`) and for styles (`.css`), at any depth.
    """

    source: Path

    def get_static_assets(self, **_context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """Return (path inside the web build, content) of every module and of the stylesheet."""
        modules = [
            (Path(MODULES) / path.name, path.read_text(encoding="utf-8"))
            for path in sorted(self.source.rglob("*.jsx"))
        ]
        words = (Path(MODULES) / "words.jsx", javascript())
        return [*modules, words, (Path("styles") / "ticketdesk.css", stylesheet(self.source))]

    def get_stylesheet_paths(self, **_context: Any) -> Sequence[str]:
        """Return the stylesheets that Reflex's root stylesheet imports, relative to `styles/`."""
        return ["@fontsource-variable/inter/index.css", "./ticketdesk.css"]
