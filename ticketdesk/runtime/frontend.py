"""Everything the browser loads, built where its sources changed."""

import hashlib
from pathlib import Path

from ticketdesk.runtime.errors import StartError

ROOT = Path(__file__).parents[2]
WIDGET = ROOT / "embed_widget"
_WIDGET_STAMP = WIDGET / "dist" / ".inputs"
_MADE = {"dist", "node_modules"}


def build_all() -> dict[str, bool]:
    """Build the staff app and the widget; whether each had to be.

    StartError with the tool's last words where one fails.
    """
    from ticketdesk.web import build as staff_app
    from ticketdesk.web.node import NodeFailed

    try:
        return {"staff app": staff_app.build(), "widget": build_widget()}
    except NodeFailed as error:
        raise StartError(f"The frontend cannot be built: {error}") from error


def build_widget() -> bool:
    """Build the embeddable form and its loader; False when the last build is still right."""
    from ticketdesk.web import node

    wanted = _widget_inputs()
    if _WIDGET_STAMP.exists() and _WIDGET_STAMP.read_text(encoding="ascii") == wanted:
        return False
    with node.on_path():
        node.run(node.npm(), "ci", "--no-audit", "--no-fund", folder=WIDGET)
        node.run(node.npm(), "run", "build", folder=WIDGET)
    _WIDGET_STAMP.write_text(wanted, encoding="ascii")
    return True


def _widget_inputs() -> str:
    digest = hashlib.sha256()
    for path in sorted(WIDGET.rglob("*")):
        inside = path.relative_to(WIDGET)
        if path.is_file() and inside.parts[0] not in _MADE:
            digest.update(str(inside).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
