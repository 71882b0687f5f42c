"""SVG pictures are programs: only those that merely draw are taken."""

import re
from xml.parsers import expat

from ticketdesk.errors import UnsupportedKind

LARGEST = 4 * 1024 * 1024
_FORBIDDEN = frozenset(
    {
        "script",
        "foreignobject",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "handler",
        "listener",
    }
)
_ANIMATIONS = frozenset({"set", "animate", "animatemotion", "animatetransform"})
_LINK = re.compile(
    r"(?:#[^\s]*|data:image/(?:png|jpe?g|gif|webp);base64,[\w+/=\s]*)?", re.IGNORECASE
)
# Possessive: a megabyte of spaces must not be tried again from every one of them.
_STYLE = re.compile(
    r"@import|expression\s*+\(|javascript:|-moz-binding"
    r"|url\(\s*+['\"]?+\s*+(?!#|data:image/(?:png|jpe?g|gif|webp))[^)\s]",
    re.IGNORECASE,
)


class _Refused(Exception):
    pass


def require_harmless(content: bytes) -> None:
    """Refuse an SVG with scripts, event handlers, entities, or references to anything outside it.

    Raises:
        UnsupportedKind: names what was found, or that it is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = _element
    parser.EntityDeclHandler = lambda *_: _refuse("declares entities")
    parser.ProcessingInstructionHandler = lambda *_: _refuse("holds processing instructions")
    parser.CharacterDataHandler = lambda text: (
        _STYLE.search(text) and _refuse("styles from outside")
    )
    parser.buffer_text = True
    parser.buffer_size = 1024 * 1024
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # The latter two: it names an encoding that does not exist, or that expat cannot read.
        raise _refusal("it is not well-formed") from error
    except _Refused as error:
        raise _refusal(f"it {error}") from error


def _element(name: str, attributes: dict[str, str]) -> None:
    plain = _local(name)
    if plain in _FORBIDDEN:
        _refuse(f"holds the element {plain}")
    for attribute, value in attributes.items():
        key = _local(attribute)
        if key.startswith("on"):
            _refuse(f"holds the handler {key[:40]}")
        if key in {"href", "src"} and plain != "a" and not _LINK.fullmatch(value.strip()):
            _refuse("refers to something outside itself")
        if key in {"href", "src"} and not re.match(
            r"(?:https?:|mailto:|#|data:image/|$)", value.strip(), re.I
        ):
            _refuse("holds a link that runs a script")
        if (
            plain in _ANIMATIONS
            and key == "attributename"
            and _local(value).startswith(("href", "on", "xlink"))
        ):
            _refuse("animates a link or handler")
        if _STYLE.search(value) and key in {
            "style",
            "fill",
            "stroke",
            "filter",
            "mask",
            "clip-path",
            "cursor",
        }:
            _refuse("styles from outside")


def _local(name: str) -> str:
    return re.split(r"[ :]", name)[-1].lower()


def _refuse(why: str) -> None:
    raise _Refused(why)


def _refusal(why: str) -> UnsupportedKind:
    message = f"This SVG picture cannot be taken: {why}."
    return UnsupportedKind(message, code="active_content", fields={"file": message})
