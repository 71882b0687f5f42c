"""How handing over a mail can fail."""


class DeliveryFailed(Exception):
    """The provider did not take the mail.

    `permanent` says whether a repeat is pointless (refused address, wrong credentials for good,
    a mail it will never accept), `for_all` that other mails would fare the same now (server away,
    sign-in refused, too many at once). `words` are the server's own, fit to be shown to an agent.
    """

    def __init__(self, words: str, *, permanent: bool, for_all: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.permanent = permanent
        self.for_all = for_all


class UnsafeHeader(DeliveryFailed):
    """A header value holds CR, LF or NUL: somebody tried to smuggle in headers of their own."""

    def __init__(self, header: str) -> None:
        super().__init__(f"The header {header} holds a line break or NUL.", permanent=True)


class SignatureRefused(Exception):
    """A webhook call is not from the provider it claims: wrong, missing or replayed signature."""
