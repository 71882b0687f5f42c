"""Names of attached files as something safe to show, store and download."""

import mimetypes
import re
import unicodedata

from ticketdesk.services.mail.inbound.headers import readable

_FORBIDDEN = re.compile(r'[<>:"|?*]')


def safe_filename(raw: str | None, mime_type: str, position: int) -> str:
    """`raw` without folders, control and direction characters; made up from the type if empty."""
    name = readable(raw or "").replace("\\", "/").rsplit("/", 1)[-1]
    # Cf holds U+202E, which shows "exe.pdf" for "fdp.exe".
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    name = _FORBIDDEN.sub("_", name).strip(" .")
    if not name:
        extension = mimetypes.guess_extension(mime_type) or ".bin"
        return f"file-{position}{extension}"
    stem, dot, extension = name.rpartition(".")
    if dot and len(extension) <= 12:
        return f"{stem[:120]}.{extension}"
    return name[:130]
