"""Why a file is not taken, in the visitor's language."""

from ticketdesk.errors import TicketDeskError, TooMany
from ticketdesk.services.embed.sentences import DEFAULT, say
from ticketdesk.services.files.room import spoken_size

_UNSAFE = ("polyglot", "active_content", "archive_bomb", "picture_bomb")
_SENTENCES = {
    "kind_mismatch": "files.mismatch",
    "unsupported_kind": "files.kind",
    "kind_not_allowed": "files.kind",
    "empty_file": "files.empty",
    **dict.fromkeys(_UNSAFE, "files.unsafe"),
}


def spoken(error: TicketDeskError, language: str) -> TicketDeskError:
    """Return a refusal with its sentence in another language; the code says the same to programs.

    In English it stays as it is, which names more of what was found.
    """
    if language == DEFAULT:
        return error
    if isinstance(error, TooMany):
        sentence = say(language, "tooManyPlain", minutes=max(1, round(error.retry_after / 60)))
        return TooMany(sentence, retry_after=error.retry_after, code=error.code)
    if (sentence := _sentence(error, language)) is None:
        return error
    return type(error)(sentence, code=error.code, fields={"file": sentence}, details=error.details)


def _sentence(error: TicketDeskError, language: str) -> str | None:
    details = error.details
    if error.code == "too_large" and isinstance(size := details.get("maxBytes"), int):
        return say(language, "files.tooLarge", name=details["name"], size=spoken_size(size))
    if error.code == "too_many_files":
        return say(language, "files.tooMany", count=details.get("maxFiles", ""))
    if error.code == "validation_error" and "file" in error.fields:
        return say(language, "files.name")
    return say(language, _SENTENCES[error.code]) if error.code in _SENTENCES else None
