"""Pictures within a message, for readers who have a link and no session."""

import re

_PICTURE = re.compile(r'src="(?:https?://[^"/]+)?/api/attachments/(file_[0-9a-f]{32})[^"]*"')


def own_pictures(html: str, path: str) -> str:
    """Return a text whose pictures come from below a page's own address.

    Args:
        path: of the page; files lie below `{path}/files/`.
    """
    return _PICTURE.sub(rf'src="{path}/files/\1?shown"', html)
