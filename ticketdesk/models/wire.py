"""JSON as the outside sees it: camelCase keys, unknown keys refused, times in UTC with `Z`."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, PlainSerializer, ValidationError
from pydantic.alias_generators import to_camel

from ticketdesk.errors import Invalid
from ticketdesk.models.sentences import sentence


def _zulu(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _short_zulu(moment: datetime) -> str:
    return _zulu(moment).replace(".000Z", "Z")


Moment = Annotated[datetime, PlainSerializer(_zulu, return_type=str, when_used="json")]

# A computed moment, without a fraction where it has none: as those who asked for it wrote theirs.
ShortMoment = Annotated[datetime, PlainSerializer(_short_zulu, return_type=str, when_used="json")]


class View(BaseModel):
    """What a service returns: frozen, serialised in camelCase."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, from_attributes=True
    )

    def wire(self) -> dict[str, Any]:
        """Return the JSON object of the API."""
        return self.model_dump(mode="json", by_alias=True)


class Command(BaseModel):
    """What a service takes: every key known, no type guessed."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, extra="forbid"
    )

    @classmethod
    def parse(cls, values: Any) -> Self:
        """Read values of unknown origin.

        Raises:
            Invalid: `fields` names each wrong or unknown key in camelCase.
        """
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise invalid(error) from error


def invalid(error: ValidationError) -> Invalid:
    """Return a validation error with one message per field."""
    return of_problems(error.errors(include_url=False, include_input=False))


def of_problems(problems: Iterable[Any]) -> Invalid:
    """Return the error for pydantic's findings (`type`, `loc`, `msg`, `ctx` each)."""
    fields: dict[str, str] = {}
    for problem in problems:
        path = ".".join(str(part) for part in problem["loc"]) or "body"
        fields.setdefault(path, sentence(problem))
    named = ", ".join(fields)
    return Invalid(f"Please check: {named}.", fields=fields)
