"""Files on their way to the desk, as a form field."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class UploadField(Module):
    """Drop, paste or pick files while a form is being filled; wraps what they may be dropped on.

    The identifiers of what has arrived travel in a hidden field `name` as a JSON list (it carries
    `data-many`, as the pickers' do), to be used as `attachmentIds`.

    `place` keeps what was uploaded over a reload of the tab, such as `ticket:new`; `reset` counts
    up when the form was sent and the list is to be emptied. Limits come from the organization's
    settings; the server holds them anyway.
    """

    library = "$/ticketdesk/uploads"
    tag = "UploadField"
    name: rx.Var[str]
    place: rx.Var[str]
    label: rx.Var[str]
    reset: rx.Var[int]
    max_bytes: rx.Var[int]
    max_files: rx.Var[int]


upload_field = UploadField.create
