"""Reads the stories: TOML files with one ticket and what happened to it each."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ticketdesk.models.enums import TicketPriority, TicketSource, TicketStatus

_STORIES = Path(__file__).parent / "stories"
_STEP = re.compile(
    r"(?P<when>\S+) (?P<who>\w+) (?P<verb>\w+)(?: (?P<what>[^:\n]+))?(?::\s(?P<text>.*))?",
    re.DOTALL,
)
_PERSON = re.compile(r"(?P<name>[^<]+) <(?P<email>[^>]+)>")
_FILES = re.compile(r"\[([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: `+12m grace replies RESOLVED [label.png]: text`.

    `who` is an agent's first name, `customer`, or `desk` for the product itself; `what` the plain
    words behind the verb.
    """

    when: str
    who: str
    verb: str
    what: str
    files: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket from its first message on."""

    when: str
    name: str
    email: str
    subject: str
    text: str
    source: TicketSource
    category: str | None
    priority: TicketPriority
    tags: list[str]
    custom_fields: dict[str, Any]
    files: tuple[str, ...]
    chat: str | None
    steps: list[Step] = field(default_factory=list)


def read_stories(organization: str) -> list[Story]:
    """Return an organization's tickets in the order they are written in, oldest first.

    Args:
        organization: its slug, the name of the folder.

    Raises:
        ValueError: a step or a person is not written as it must be.
    """
    files = sorted((_STORIES / organization).glob("*.toml"))
    return [_story(entry) for path in files for entry in _read(path)["ticket"]]


def read_file(name: str) -> dict[str, Any]:
    """Return a story file as it is."""
    return _read(_STORIES / f"{name}.toml")


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def person(text: str) -> tuple[str, str]:
    """Return name and address of `Jane Smith <jane@customer.example>`."""
    found = _PERSON.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no person")
    return found["name"], found["email"]


def _story(entry: dict[str, Any]) -> Story:
    name, email = person(entry["from"])
    source, priority, *tags = entry["facts"].split()
    return Story(
        when=entry["at"],
        name=name,
        email=email,
        subject=entry["subject"],
        text=entry["text"].strip(),
        source=TicketSource(source),
        category=entry.get("category"),
        priority=TicketPriority(priority),
        tags=tags,
        custom_fields=entry.get("fields", {}),
        files=tuple(entry.get("files", ())),
        chat=entry.get("chat"),
        steps=[_step(line) for line in entry.get("then", ())],
    )


def _step(line: str) -> Step:
    found = _STEP.fullmatch(line.strip())
    if not found:
        raise ValueError(f"{line!r} is no step")
    what = found["what"] or ""
    return Step(
        when=found["when"],
        who=found["who"],
        verb=found["verb"],
        what=_FILES.sub("", what).strip(),
        files=tuple(_FILES.findall(what)),
        text=(found["text"] or "").strip(),
    )


def status_named(what: str) -> TicketStatus | None:
    """Return the status that a reply also sets, if its step names one."""
    return TicketStatus(what) if what else None
