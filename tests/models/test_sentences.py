"""What people read when a value is refused."""

from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from ticketdesk.errors import Invalid
from ticketdesk.models.ticket_settings import Minutes
from ticketdesk.models.wire import Command


class _Mood(StrEnum):
    GOOD = "GOOD"
    BAD = "BAD"


class _Dog(Command):
    type: Literal["DOG"]


class _Cat(Command):
    type: Literal["CAT"]


class _Asked(Command):
    pet: Annotated[_Dog | _Cat, Field(discriminator="type")] = _Cat(type="CAT")
    name: Annotated[str, Field(min_length=1, max_length=1500)] = "a"
    code: Annotated[str, Field(min_length=6)] = "123456"
    days: Annotated[int, Field(ge=30, le=5000)] = 30
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    tags: Annotated[list[str], Field(min_length=1, max_length=20)] = ["a"]
    on: bool = True
    kind: Literal["a", "b"] = "a"
    mood: _Mood = _Mood.GOOD
    promise: Minutes = 60


def _said(**values: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        _Asked.parse(values)
    return refused.value.fields


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Fill this in."),
        ("name", "x" * 1501, "1,500 characters at most."),
        ("name", None, "This must be a text."),
        ("code", "123", "6 characters at least."),
        ("days", 29, "Write 30 or more."),
        ("days", 5001, "Write 5,000 or less."),
        ("days", "many", "Write a whole number."),
        ("days", 30.5, "Write a whole number."),
        ("share", 0, "Write more than 0."),
        ("share", 1, "Write less than 1."),
        ("share", "half", "Write a number."),
        ("tags", [], "Fill this in."),
        ("tags", ["a"] * 21, "20 at most."),
        ("on", "perhaps", "This must be true or false."),
        ("kind", "c", "Choose 'a' or 'b'."),
        ("mood", "FAIR", "Choose 'GOOD' or 'BAD'."),
        ("pet", {}, "Say 'type': which kind it is."),
        ("pet", {"type": "FOX"}, "There is no 'type' FOX. Choose among 'DOG', 'CAT'."),
        ("unheard", 1, "There is no such field."),
    ],
)
def test_a_refusal_says_in_plain_words_what_to_do(field: str, value: Any, words: str) -> None:
    assert _said(**{field: value}) == {field: words}


@pytest.mark.parametrize("value", [0, -5, 10**9, 1.5, "soon", None])
def test_a_promise_is_refused_in_its_own_words_whatever_is_wrong(value: Any) -> None:
    assert _said(promise=value) == {"promise": "Write a time from one minute to ten years."}
