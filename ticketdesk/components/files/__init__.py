"""Attachments as people meet them: choosing, sending with progress, looking, downloading.

In Python screens: `upload_field` in a form, `attachment_grid` and `file_list` where they show.
In our React modules: `useUploads`, `DropZone`, `AttachButton` and `UploadTray` from
`$/ticketdesk/uploads`, and `AttachmentGrid` from `$/ticketdesk/gallery`.
"""

from ticketdesk.components.files.gallery import attachment_grid, file_list
from ticketdesk.components.files.uploads import upload_field

__all__ = ["attachment_grid", "file_list", "upload_field"]
