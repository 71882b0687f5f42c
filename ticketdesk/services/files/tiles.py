"""A file as the screens draw it: the little that a tile or a line needs."""

from typing import Any

from ticketdesk.models import TicketAttachment


def tile(row: TicketAttachment) -> dict[str, Any]:
    """Return what the staff app draws of a file; the addresses need the reader's own session."""
    url = f"/api/attachments/{row.id}"
    return {
        "id": row.id,
        "name": row.original_name,
        "size": row.size,
        "kind": row.mime_type,
        "url": url,
        "thumb": f"{url}/thumbnail" if row.thumbnail_key else "",
        "preview": f"{url}/thumbnail?size=large" if row.preview_key else "",
        "width": row.width or 0,
        "height": row.height or 0,
        "state": row.state.value,
        "why": row.state_reason or "",
    }
