"""How storage can fail; each error is fit to be shown to the person who uploads or reads."""

from ticketdesk.errors import NotFound, Unavailable


class StorageUnavailable(Unavailable):
    """The storage does not answer, or not in time."""

    code = "storage_unavailable"


class StorageFull(Unavailable):
    """No room left on the disk or in the quota."""

    code = "storage_full"


class StorageDamaged(Unavailable):
    """Bytes that came back differ from those handed over."""

    code = "storage_damaged"


class NotStored(NotFound):
    """There are no bytes under this key."""

    code = "not_stored"
