"""Both storages make previews alike: draw in the sandbox, store beside the original."""

from collections.abc import Iterable
from typing import BinaryIO, Protocol

from ticketdesk.adapters.pictures.rendering import LARGE, SMALL, render
from ticketdesk.adapters.storage import keys
from ticketdesk.adapters.storage.provider import Pictures, UploadResult


class Puts(Protocol):
    """Whatever can store bytes under a given key."""

    def put(self, key: str, file: Iterable[bytes]) -> UploadResult: ...


def make_previews(storage: Puts, source: BinaryIO, key: str, mime_type: str) -> Pictures | None:
    """Draw the two previews of an open file and store them.

    The keys follow from the original's, so that drawing twice stores the same pictures again.

    Args:
        source: a real file, open for reading at its start.
    """
    rendered = render(source, mime_type)
    if rendered is None:
        return None
    small, large = keys.picture(key, SMALL), keys.picture(key, LARGE)
    storage.put(small, [rendered.thumbnail])
    storage.put(large, [rendered.preview])
    return Pictures(small, large, rendered)
