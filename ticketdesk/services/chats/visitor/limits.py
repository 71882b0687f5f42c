"""How much one visitor, one address and one organization's visitors may send in a chat."""

from limits import parse

from ticketdesk.services.embed.limits import admit

# Thirty messages a minute is faster than anybody types; who pastes line by line waits a little.
_START_FROM = (parse("10 per minute"), parse("60 per hour"))
_START_TO = (parse("200 per minute"), parse("3000 per hour"))
_SAY_IN = (parse("30 per minute"), parse("600 per hour"))
_SAY_FROM = (parse("120 per minute"), parse("3000 per hour"))
_SAY_TO = (parse("3000 per minute"),)
_LOOK_FROM = (parse("300 per minute"),)
_SIGNS_IN = (parse("60 per minute"),)
_SIGNS_FROM = (parse("300 per minute"),)


def admit_start(organization_id: str, address: str) -> None:
    """Count a new conversation.

    Raises:
        TooMany: the address or the organization has its fill; `retry_after` says for how long.
        Unavailable: nobody can count at the moment.
    """
    admit((_START_FROM, "chat-start-from", address), (_START_TO, "chat-start-to", organization_id))


def admit_message(organization_id: str, chat_id: str, address: str) -> None:
    """Count a message of a visitor; raises as `admit_start`."""
    admit(
        (_SAY_IN, "chat-say-in", chat_id),
        (_SAY_FROM, "chat-say-from", address),
        (_SAY_TO, "chat-say-to", organization_id),
    )


def admit_look(address: str) -> None:
    """Count a reading of the history, a file or the stream; raises as `admit_start`."""
    admit((_LOOK_FROM, "chat-look-from", address))


def admit_sign(chat_id: str, address: str) -> None:
    """Count a read mark or a sign of typing; raises as `admit_start`."""
    admit((_SIGNS_IN, "chat-signs-in", chat_id), (_SIGNS_FROM, "chat-signs-from", address))
