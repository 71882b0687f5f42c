"""Files on their way to the desk, as a form field."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


class UploadField(Module):
    """Drop, paste or pick files while a form is being filled; wraps what they may be dropped on.

    The identifiers of what has arrived travel in a hidden field `name` as a JSON list (it carries
    `data-many`, as the pickers' do), to be used as `attachmentIds`.

    `kept` are the tiles of what a draft names already. Limits come from the organization's
    settings (`services.files.waiting.limits`); the server holds them anyway.
    """

    library = "$/ticketdesk/uploads"
    tag = "UploadField"
    name: rx.Var[str]
    label: rx.Var[str]
    kept: rx.Var[list[dict[str, Any]]]
    problem: rx.Var[str]
    max_bytes: rx.Var[int]
    max_files: rx.Var[int]


upload_field = UploadField.create
