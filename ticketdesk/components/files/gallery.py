"""Files that have arrived: pictures as tiles with a lightbox, the rest as a list."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class AttachmentGrid(Module):
    """The files of one message.

    `files` are dicts of id, name, size (bytes), kind (MIME type), url, thumb, preview, width,
    height, state: `services.files.tiles.tile` makes them.
    """

    library = "$/ticketdesk/gallery"
    tag = "AttachmentGrid"
    files: rx.Var[list[dict[str, Any]]]


class FileList(Module):
    """All files of a ticket by name, size and kind, with "Download all" and removal.

    `ticket` is the ticket's identifier.
    """

    library = "$/ticketdesk/gallery"
    tag = "FileList"
    files: rx.Var[list[dict[str, Any]]]
    ticket: rx.Var[str]
    removable: rx.Var[bool]


attachment_grid = AttachmentGrid.create
file_list = FileList.create
